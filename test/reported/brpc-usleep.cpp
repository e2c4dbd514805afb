// RUN: %check_corolint %s coro-lock-across-await %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/apache/brpc/issues/2456
// A bthread holds a pthread mutex while a function some calls deeper sleeps. Another
// worker resumes the bthread, which then unlocks the mutex.

#include <brpc/brpc.h>
#include <pthread.h>
struct Store {
  bthread::Mutex own;
  pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
  int value = 0;
  static void backoff(int attempt) {
    if (attempt > 0)
      bthread_usleep(1000);
  }
  int load(int key) {
    for (int attempt = 0; attempt < 3; ++attempt)
      backoff(attempt);
    return key;
  }
  static void *update_bad(void *argument) {
    auto *self = static_cast<Store *>(argument);
    pthread_mutex_lock(&self->mutex);
    self->value = self->load(1); // warn: coro-lock-across-await
    pthread_mutex_unlock(&self->mutex);
    return nullptr;
  }
  static void *update_ok(void *argument) {
    auto *self = static_cast<Store *>(argument);
    self->own.lock();
    self->value = self->load(1);
    self->own.unlock();
    return nullptr;
  }
  void start() {
    bthread_t id;
    bthread_start_background(&id, nullptr, update_bad, this);
    bthread_start_background(&id, nullptr, update_ok, this);
  }
};
