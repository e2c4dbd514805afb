#include "wrapper.h"

Large two() { return {}; }
