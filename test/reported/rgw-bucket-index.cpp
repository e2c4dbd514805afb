// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- --
// https://github.com/ceph/ceph/pull/58461
// Operations on all shards of a bucket's index are sent at once, and their completions are awaited with a condition
// variable. A request's coroutine runs that.
#include <boost/asio/io_context.hpp>
#include <boost/asio/spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <condition_variable>
#include <mutex>
#include <set>

class CompletionManager {
  std::mutex lock;
  std::condition_variable cond;
  std::set<int> pending;

public:
  void add(int id) {
    std::lock_guard l{lock};
    pending.insert(id);
  }
  void complete(int id) {
    std::lock_guard l{lock};
    pending.erase(id);
    cond.notify_all();
  }
  void wait_for_completions() {
    std::unique_lock l{lock};
    while (!pending.empty())
      cond.wait(l);
  }
};
class ConcurrentIO {
  CompletionManager manager;
  int shards;
  void issue(int shard);

public:
  explicit ConcurrentIO(int count) : shards(count) {}
  void operator()() {
    for (int shard = 0; shard < shards; ++shard) {
      manager.add(shard);
      issue(shard);
    }
    manager.wait_for_completions();
  }
};
boost::asio::steady_timer &operate(int shard);
void handle_bad(boost::asio::io_context &context, int shards) {
  boost::asio::spawn(context, [=](boost::asio::yield_context) {
    ConcurrentIO io(shards);
    io(); // warn: coro-blocking-call
  });
}
void handle_ok(boost::asio::io_context &context, int shards) {
  boost::asio::spawn(context, [=](boost::asio::yield_context yield) {
    for (int shard = 0; shard < shards; ++shard)
      operate(shard).async_wait(yield);
  });
}
void command_line_ok(int shards) { ConcurrentIO{shards}(); }
