#include "api.h"
#include <unistd.h>

void one() { sleep(1); }
