// RUN: %check_corolint %s coro-stale-state %t -std=c++20
// A loop over a local container that nothing fills awaits nothing.

#include "coro.h"
#include <map>
#include <vector>
using namespace coro;

struct poll {
  int handle;
};
void release(poll &p);
async_awaiter<> released(poll &p);
void fill(std::vector<async_awaiter<>> &waits);

class context {
  std::map<int, poll> polls;

public:
  void add(int socket) { polls.emplace(socket, poll{socket}); }

  task<> never_filled_ok() {
    std::vector<async_awaiter<>> waits;
    waits.reserve(polls.size());
    for (auto &[socket, p] : polls)
      release(p);
    for (auto &wait : waits)
      co_await wait;
    polls.clear();
  }
  task<> filled_bad() {
    std::vector<async_awaiter<>> waits;
    waits.reserve(polls.size());
    for (auto &[socket, p] : polls)
      waits.push_back(released(p));
    for (auto &wait : waits)
      co_await wait;
    polls.clear(); // warn: coro-stale-state
  }
  task<> filled_by_function_bad() {
    std::vector<async_awaiter<>> waits;
    for (auto &[socket, p] : polls)
      release(p);
    fill(waits);
    for (auto &wait : waits)
      co_await wait;
    polls.clear(); // warn: coro-stale-state
  }
  task<> filled_by_lambda_bad() {
    std::vector<async_awaiter<>> waits;
    auto add = [&](poll &p) { waits.push_back(released(p)); };
    for (auto &[socket, p] : polls)
      add(p);
    for (auto &wait : waits)
      co_await wait;
    polls.clear(); // warn: coro-stale-state
  }
  task<> made_with_elements_bad() {
    std::vector<async_awaiter<>> waits(2);
    for (auto &[socket, p] : polls)
      release(p);
    for (auto &wait : waits)
      co_await wait;
    polls.clear(); // warn: coro-stale-state
  }
  task<> assigned_bad(std::vector<async_awaiter<>> given) {
    std::vector<async_awaiter<>> waits;
    for (auto &[socket, p] : polls)
      release(p);
    waits = given;
    for (auto &wait : waits)
      co_await wait;
    polls.clear(); // warn: coro-stale-state
  }
  task<> of_parameter_bad(std::vector<async_awaiter<>> waits) {
    for (auto &[socket, p] : polls)
      release(p);
    for (auto &wait : waits)
      co_await wait;
    polls.clear(); // warn: coro-stale-state
  }
};
