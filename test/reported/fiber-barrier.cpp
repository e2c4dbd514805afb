// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- --
// https://github.com/boostorg/fiber/issues/156
// The examples of the library have a barrier of their own, made of std::condition_variable. It is meant for threads;
// in a fiber it holds the thread of all the others.
#include <boost/fiber/barrier.hpp>
#include <boost/fiber/fiber.hpp>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <thread>
class Barrier {
  std::size_t initial, current;
  bool cycle = true;
  std::mutex mutex;
  std::condition_variable condition;

public:
  explicit Barrier(std::size_t n) : initial(n), current(n) {}
  bool wait() {
    std::unique_lock<std::mutex> lock(mutex);
    const bool mine = cycle;
    if (--current == 0) {
      cycle = !cycle;
      current = initial;
      lock.unlock();
      condition.notify_all();
      return true;
    }
    condition.wait(lock, [&] { return mine != cycle; });
    return false;
  }
};
void step(int);
void bad(Barrier &barrier) {
  boost::fibers::fiber([&barrier] {
    step(1);
    barrier.wait(); // warn: coro-blocking-call
    step(2);
  }).detach();
}
void good(boost::fibers::barrier &barrier) {
  boost::fibers::fiber([&barrier] {
    step(1);
    barrier.wait();
    step(2);
  }).detach();
}
void goodThread(Barrier &barrier) {
  std::thread worker([&barrier] { barrier.wait(); });
  worker.join();
}
