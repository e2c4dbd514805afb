#include "api.h"
void step4() { step5(); }
