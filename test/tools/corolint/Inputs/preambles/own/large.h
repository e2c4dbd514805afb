#ifndef LARGE
#define LARGE

struct Large {};

#endif

// The guard ends above.
struct Large;

