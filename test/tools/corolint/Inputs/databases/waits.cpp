#include <unistd.h>
#include "coro.h"
#ifdef WAITS
void usleep_soon() { usleep(1); }
#else
void usleep_soon() {}
#endif
coro::task<> serve() {
  usleep_soon();
  co_return;
}
