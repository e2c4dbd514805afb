// RUN: %check_corolint %s coro-* %t -std=c++20-or-later
// A class as people write them: right in all places but one.

#include "coro.h"
#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <fstream>
#include <functional>
#include <future>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

using namespace coro;
using namespace std::chrono_literals;

struct cache {
  mutable std::shared_mutex m;
  std::map<std::string, int> data;
  std::mutex q;
  std::deque<int> queue;
  std::condition_variable cv;

  std::optional<int> find(const std::string &k) const {
    std::shared_lock l(m);
    auto it = data.find(k);
    if (it == data.end())
      return std::nullopt;
    return it->second;
  }

  task<int> get(std::string k) {
    if (auto hit = find(k))
      co_return *hit;
    int v = co_await async_op<int>();
    {
      std::unique_lock l(m);
      data.emplace(k, v);
    }
    co_await async_op();
    std::unique_lock l(m);
    auto [it, inserted] = data.try_emplace(k, v);
    l.unlock();
    if (!inserted)
      co_await async_op();
    co_return v;
  }

  task<> drain() {
    for (;;) {
      std::unique_lock l(q);
      if (queue.empty())
        co_return;
      int x = queue.front();
      queue.pop_front();
      l.unlock();
      co_await async_op();
      (void)x;
    }
  }

  task<> drain_swapped() {
    std::deque<int> local;
    {
      std::lock_guard l(q);
      local.swap(queue);
    }
    for (int x : local) {
      (void)x;
      co_await async_op();
    }
  }

  task<> produce(int x) {
    [&] {
      std::lock_guard l(q);
      queue.push_back(x);
    }();
    cv.notify_one();
    co_await async_op();
  }

  task<> swap_with(cache &o) {
    if (this == &o)
      co_return;
    {
      std::scoped_lock l(q, o.q);
      queue.swap(o.queue);
    }
    co_await async_op();
  }

  task<> locked_unless_fast(bool fast) {
    std::unique_lock<std::mutex> l;
    if (!fast)
      l = std::unique_lock(q);
    queue.clear();
    if (l.owns_lock())
      l.unlock();
    co_await async_op();
  }

  task<> locked_unless_fast_by_hand(bool fast) {
    std::unique_lock<std::mutex> l(q, std::defer_lock);
    if (!fast)
      l.lock();
    queue.clear();
    if (!fast)
      l.unlock();
    co_await async_op();
  }

  task<> wait_loop() {
    std::unique_lock l(q);
    while (queue.empty()) {
      l.unlock();
      co_await async_op();
      l.lock();
    }
    queue.pop_front();
  }

  task<> retry() {
    for (int i = 0; i < 3; ++i) {
      if (std::unique_lock l(q, std::try_to_lock); l) {
        queue.clear();
        co_return;
      }
      co_await async_op();
    }
  }

  task<> exception_ok() {
    std::exception_ptr e;
    try {
      std::lock_guard l(q);
      queue.push_back(1);
      if (queue.size() > 5)
        throw 1;
    } catch (...) {
      e = std::current_exception();
    }
    if (e)
      co_await async_op();
  }

  task<int> conditional_operator_ok() {
    co_return [&] {
      std::lock_guard l(q);
      return queue.size();
    }() > 3
        ? co_await async_op<int>()
        : 0;
  }

  task<> optional_ok() {
    std::optional<std::lock_guard<std::mutex>> l{std::in_place, q};
    queue.clear();
    l.reset();
    co_await async_op();
  }

  task<> log(const std::string &s) {
    std::ostringstream o;
    o << s << 1 << std::endl;
    std::cerr << o.str();
    std::string line;
    std::istringstream in(s);
    while (std::getline(in, line))
      co_await async_op();
  }

  task<> threads_ok() {
    std::thread t([this] {
      std::unique_lock l(q);
      cv.wait(l, [this] { return !queue.empty(); });
    });
    t.detach();
    auto p = std::make_shared<std::promise<int>>();
    auto f = p->get_future();
    std::function<void()> done = [p] { p->set_value(1); };
    done();
    while (f.wait_for(0s) != std::future_status::ready)
      co_await async_op();
    f.get();
    std::vector<std::future<int>> fs;
    fs.push_back(std::async(std::launch::async, [] {
      std::this_thread::sleep_for(1s);
      return 1;
    }));
    std::sort(fs.begin(), fs.end(),
              [](auto &a, auto &b) { return a.valid() < b.valid(); });
    std::atomic<int> a;
    a.fetch_add(1);
    a.notify_all();
    std::erase_if(fs, [](auto &x) {
      return x.wait_for(0s) == std::future_status::ready;
    });
  }

  template <typename F> auto locked(F f) {
    std::lock_guard l(q);
    return f(queue);
  }

  task<> through_template_ok() {
    auto n = locked([](auto &x) { return x.size(); });
    (void)n;
    co_await async_op();
  }

  task<> through_template_coroutine_ok() {
    auto t = locked([](auto &x) -> task<> {
      x.clear();
      co_await async_op();
    });
    co_await t;
  }

  std::unique_lock<std::mutex> take() { return std::unique_lock(q); }

  task<> temporary_ok() {
    take();
    co_await async_op();
  }

  task<> inner_scope_ok() {
    {
      auto l = take();
    }
    co_await async_op();
  }

  task<> if_scope_ok() {
    if (auto l = take(); l) {
    }
    co_await async_op();
  }

  task<> returned_bad() {
    auto l = take();
    co_await async_op(); // warn: coro-lock-across-await
  }

  task<> handed_over_ok(std::unique_lock<std::mutex> l) {
    queue.clear();
    l.unlock();
    co_await async_op();
  }

  task<> hands_over_ok() {
    std::unique_lock l(q);
    co_await handed_over_ok(std::move(l));
    co_await async_op();
  }

  task<> switch_ok(int n) {
    switch (n) {
    case 0: {
      std::lock_guard l(q);
      break;
    }
    case 1: {
      std::lock_guard l(q);
    }
      [[fallthrough]];
    default:
      co_await async_op();
    }
    co_await async_op();
  }

  task<> never_locked_ok() {
    const std::lock_guard<std::mutex> *p = nullptr;
    (void)p;
    std::vector<std::unique_lock<std::mutex>> v;
    co_await async_op();
  }

  task<> dropped_on_both_paths_ok(bool c) {
    auto l = std::make_unique<std::unique_lock<std::mutex>>(q);
    if (c) {
      l = nullptr;
    } else {
      l.reset();
    }
    co_await async_op();
  }
};
