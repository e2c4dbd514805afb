#include "api.h"
void step3() { step4(); }
