#include "api.h"
void five() { step2(); }
