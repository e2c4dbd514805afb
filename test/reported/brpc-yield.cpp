// RUN: %check_corolint %s coro-lock-across-await %t -std=c++20
// https://github.com/apache/brpc/issues/1741
// A bthread yields with a mutex: the worker's next bthread blocks on it, and
// with it the worker.

#include <cstdint>
#include <mutex>
extern "C" {
typedef std::uint64_t bthread_t;
struct bthread_attr_t { int stack; };
int bthread_start_background(bthread_t *tid, const bthread_attr_t *attr, void *(*fn)(void *), void *arg);
int bthread_start_urgent(bthread_t *tid, const bthread_attr_t *attr, void *(*fn)(void *), void *arg);
int bthread_yield();
int bthread_usleep(std::uint64_t microseconds);
int bthread_join(bthread_t tid, void **result);
}
std::mutex mutex;
int counter;

void *reported_bad(void *) {
  std::lock_guard<std::mutex> g(mutex);
  ++counter;
  bthread_yield(); // warn: coro-lock-across-await
  return nullptr;
}
void *sleep_bad(void *) {
  mutex.lock();
  bthread_usleep(1000); // warn: coro-lock-across-await
  mutex.unlock();
  return nullptr;
}
void *mended_ok(void *) {
  {
    std::lock_guard<std::mutex> g(mutex);
    ++counter;
  }
  bthread_yield();
  return nullptr;
}
void start() {
  bthread_t t;
  bthread_start_urgent(&t, nullptr, reported_bad, nullptr);
  bthread_start_background(&t, nullptr, sleep_bad, nullptr);
  bthread_start_background(&t, nullptr, mended_ok, nullptr);
}
