module;
#include "posix.h"
module net;
// Implements the module: imports its interface without saying so.
void store() { refresh(); }
void refresh() { usleep(10); }
