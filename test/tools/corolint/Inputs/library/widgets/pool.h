// A library of headers alone.
#pragma once
#include "detail/lock.h"
#include <chrono>
#include <condition_variable>
#include <functional>
#include <future>
#include <mutex>
#include <semaphore>
#include <thread>

namespace widgets {

class Pool {
public:
  void drain() {
    std::unique_lock<std::mutex> lock(mutex);
    idle.wait(lock);
  }
  void drain(int times) {
    for (int i = 0; i < times; ++i)
      drain();
  }
  int result(std::future<int> &work) { return work.get(); }
  bool ready(std::future<int> &work) {
    return work.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
  }
  void pause() { std::this_thread::sleep_for(std::chrono::seconds(1)); }
  void acquire() { slots.acquire(); }
  bool try_acquire() { return slots.try_acquire(); }
  int size() const { return 1; }

  // The library keeps it.
  void post(std::function<void()> work);
  // Called before it returns.
  template <typename F> void each(F visit) {
    for (int i = 0; i < size(); ++i)
      visit(i);
  }
  void at_once(const std::function<void()> &work) { work(); }

private:
  void hidden() { pause(); }
  std::mutex mutex;
  std::condition_variable idle;
  std::counting_semaphore<4> slots{4};
};

template <typename T> class Queue {
public:
  T pop() {
    std::unique_lock<std::mutex> lock(mutex);
    filled.wait(lock);
    return T();
  }

private:
  std::mutex mutex;
  std::condition_variable filled;
};

// Not for users.
namespace detail {
inline void settle() { std::this_thread::sleep_for(std::chrono::seconds(1)); }
} // namespace detail

// A handle can be called, too, and is no callable of the user's.
struct Handle {
  void operator()() const;
};
void wake(Handle handle);

} // namespace widgets
