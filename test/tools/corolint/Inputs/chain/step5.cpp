#include "api.h"
#include <unistd.h>

// Another unit has an `internal` too, which does not sleep.
namespace {
void internal() { usleep(1000); }
} // namespace

void step5() { internal(); }
