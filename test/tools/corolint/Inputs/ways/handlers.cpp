#include "api.h"
#include <unistd.h>

void through(Callback callback) { invoke(callback); }
void farther(Callback callback) { through(callback); }
void sleeps() { sleep(1); }
void sleepsToo() { sleep(2); }

void onEvent() {
  sleep(1);
  sleepsToo();
  usleep(1); // NOLINT(coro-blocking-call)
}
void onIdle() {}
void inside() {
  turn();
  sleep(1);
}
void onWorker() { sleep(1); }

void allowedWay() { sleep(1); }
static void second() { usleep(1); }
static void first() { second(); }
void either() {
  allowedWay();
  first();
}
void byAllowed() { allowedWay(); }
void equally() {
  second();
  sleepsToo();
}
