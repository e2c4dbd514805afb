#ifndef WRAPPER
#define WRAPPER

#include "large.h"

#endif
