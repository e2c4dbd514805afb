#include "coro.h"
extern "C" unsigned sleep(unsigned);

void often() { sleep(1); }
void oftener() { sleep(2); }
void seldom() { sleep(3); }

coro::task<> f() {
  often(), often(), often(), often(), often();
  oftener(), oftener(), oftener(), oftener(), oftener();
  oftener();
  seldom(), seldom(), seldom(), seldom();
  sleep(4);
  co_return;
}
