#include "api.h"
void step2() { step3(); }
