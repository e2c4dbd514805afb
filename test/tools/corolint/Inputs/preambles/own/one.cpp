#include "wrapper.h"

Large one() { return {}; }
