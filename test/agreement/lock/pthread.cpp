// RUN: %agreement %s %t
//
// A mutex of the C library.

#include "corolint/rt.h"
#include <pthread.h>

using namespace corolint::rt;

static Task<void> f(pthread_mutex_t &Mutex) {
  pthread_mutex_lock(&Mutex);
  co_await yield_now(); // BOTH: coro-lock-across-await
  pthread_mutex_unlock(&Mutex);
}

int main() {
  pthread_mutex_t Mutex = PTHREAD_MUTEX_INITIALIZER;
  EventLoop Loop;
  Loop.run(f(Mutex));
}
