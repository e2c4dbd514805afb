#include "coro.h"
namespace app {
void pause(int);
coro::task<void> async_pause(int);
}
coro::task<void> wait() {
  app::pause(1);
  COROLINT_NO_YIELD_REGION {
  }
  co_await app::async_pause(2);
}
