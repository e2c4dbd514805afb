module;
#include "posix.h"
export module net;
export import :cache;
// An interface: the body is here, and importers know it by linking.
export void fetch() { usleep(10000); }
export inline void fetchInline() { usleep(1); }
export void store();
