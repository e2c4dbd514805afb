// RUN: %check_corolint %s coro-serial-awaits %t
// Loops that await one task a round.

#include "tasks.h"
#include <map>
#include <memory>
using namespace coro;

task<std::string> get(const std::string &url);
task<long> fetch(long key);

task<> collected_bad(std::vector<std::string> urls) {
  std::vector<std::string> pages;
  for (const auto &url : urls)
    pages.push_back(co_await get(url)); // warn: coro-serial-awaits
  use(pages[0]);
}
task<> braces_bad(std::vector<std::string> urls) {
  std::vector<std::string> pages;
  for (const auto &url : urls) {
    pages.emplace_back(co_await get(url)); // warn: coro-serial-awaits
  }
  use(pages[0]);
}
task<long> summed_bad(int n) {
  long sum = 0;
  for (int i = 0; i < n; ++i)
    sum += co_await fetch(i); // warn: coro-serial-awaits
  co_return sum;
}
task<> indexed_bad(int n) {
  std::vector<long> values(n);
  for (int i = 0; i < n; i++)
    values[i] = co_await fetch(i); // warn: coro-serial-awaits
  use(values[0]);
}
task<> by_value_bad(std::vector<long> keys) {
  long sum = 0;
  for (long key : keys)
    sum += co_await fetch(key); // warn: coro-serial-awaits
  use(sum);
}
struct worker {
  bool stopped = false;
  long value = 0;
  std::shared_ptr<int> shared;
  task<> stop() {
    co_await async_op<int>();
    stopped = true;
  }
  task<> refresh() { value = co_await fetch(value); }
  task<> count() { *shared += co_await fetch(value); }
  task<> close();
};
task<> elements_bad(std::vector<worker> workers) {
  for (worker &w : workers)
    co_await w.refresh(); // warn: coro-serial-awaits
}
task<> pointers_bad(std::vector<worker *> workers) {
  for (worker *w : workers)
    co_await w->refresh(); // warn: coro-serial-awaits
}
struct group {
  std::vector<worker> workers;
  long latest = 0;
  task<> elements_of_member_bad() {
    for (auto &w : workers)
      co_await w.refresh(); // warn: coro-serial-awaits
  }
  task<> store(long key) { latest = co_await fetch(key); }
  task<> one_member_ok(std::vector<long> keys) {
    for (long key : keys)
      co_await store(key);
  }
};

task<> unseen_ok(std::vector<worker> workers) {
  for (worker &w : workers)
    co_await w.close();
}
task<> shared_behind_elements_ok(std::vector<worker> workers) {
  for (worker &w : workers)
    co_await w.count();
}
task<long> next();
task<> stream_ok(int n) {
  std::vector<long> values;
  for (int i = 0; i < n; ++i)
    values.push_back(co_await next());
  use(values[0]);
}
task<> until_ok() {
  long key = 1;
  while (key != 0)
    key = co_await fetch(key);
}
task<> accumulated_ok(int n) {
  long sum = 0;
  for (int i = 0; i < n; ++i)
    sum += co_await fetch(sum + i);
  use(sum);
}
task<> exits_ok(std::vector<long> keys) {
  for (long key : keys)
    if (co_await fetch(key))
      co_return;
}
task<> more_in_body_ok(std::vector<long> keys) {
  for (long key : keys) {
    long value = co_await fetch(key);
    use(value);
  }
}
struct connection {
  task<long> send(long);
};
task<> one_connection_ok(connection &c, std::vector<long> keys) {
  long sum = 0;
  for (long key : keys)
    sum += co_await c.send(key);
  use(sum);
}
task<long> write(int descriptor, long value);
task<> one_descriptor_ok(int fd, std::vector<long> values) {
  long sum = 0;
  for (long value : values)
    sum += co_await write(fd, value);
  use(sum);
}
task<> log(long);
task<> no_result_ok(std::vector<long> keys) {
  for (long key : keys)
    co_await log(key);
}
task<> into_one_ok(std::vector<long> keys) {
  long last = 0;
  for (long key : keys)
    last = co_await fetch(key);
  use(last);
}
task<> map_ok(std::map<long, long> m) {
  long sum = 0;
  for (auto &[key, value] : m)
    sum += co_await fetch(key);
  use(sum);
}
