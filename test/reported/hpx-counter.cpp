// RUN: %check_corolint %s coro-lock-across-await %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/TheHPXProject/hpx/commit/70e28c973a326241d9a0250567d8f1d8baa86a45
// A performance counter asks other counters under its spinlock. Each answer is a future that suspends the HPX thread.
// The remedy is a guard that unlocks while it lives.
#include <hpx/hpx.hpp>
#include <mutex>
#include <vector>
namespace hpx::util {
template <typename Lock> class unlock_guard {
  Lock &lock;

public:
  explicit unlock_guard(Lock &l) : lock(l) { lock.unlock(); }
  ~unlock_guard() { lock.lock(); }
};
} // namespace hpx::util
long remote_value(int id);
class arithmetics_counter {
  hpx::spinlock mtx_;
  std::vector<int> base_counter_ids_;

  long evaluate_base_counter(int id) { return hpx::async(remote_value, id).get(); }
  long evaluate_base_counter(int id, std::unique_lock<hpx::spinlock> &l) {
    hpx::util::unlock_guard<std::unique_lock<hpx::spinlock>> ul(l);
    return hpx::async(remote_value, id).get();
  }

public:
  long get_counter_value_bad() {
    std::lock_guard<hpx::spinlock> l(mtx_);
    long sum = 0;
    for (int id : base_counter_ids_)
      sum += evaluate_base_counter(id); // warn: coro-lock-across-await
    return sum;
  }
  long get_counter_value_ok() {
    std::unique_lock<hpx::spinlock> l(mtx_);
    auto ids = base_counter_ids_;
    long sum = 0;
    for (int id : ids)
      sum += evaluate_base_counter(id, l);
    return sum;
  }
};
