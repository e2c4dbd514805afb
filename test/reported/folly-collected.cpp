// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://lists.isocpp.org/std-proposals/2020/05/1391.php
// Lazy tasks are collected from lambdas that are temporaries, a footgun that
// its authors run into regularly.

#include <folly/folly.h>
#include <vector>
using folly::coro::Task;
struct Resource { Task<int> getFoo(int i); };
void process(int foo);

struct Service {
  Task<> reported_bad(Resource &resource) {
    std::vector<Task<>> tasks;
    for (int i = 0; i < 10; ++i)
      tasks.push_back([&resource, i]() -> Task<> {
        int foo = co_await resource.getFoo(i); // warn: coro-dangling-reference
        process(foo);
      }());
    co_await folly::coro::collectAllRange(std::move(tasks));
  }
  Task<> mended_ok(Resource &resource) {
    std::vector<Task<>> tasks;
    for (int i = 0; i < 10; ++i)
      tasks.push_back(folly::coro::co_invoke([&resource, i]() -> Task<> {
        int foo = co_await resource.getFoo(i);
        process(foo);
      }));
    co_await folly::coro::collectAllRange(std::move(tasks));
  }
  Task<> passed_ok(Resource &resource) {
    std::vector<Task<>> tasks;
    for (int i = 0; i < 10; ++i)
      tasks.push_back([](Resource &resource, int i) -> Task<> { process(co_await resource.getFoo(i)); }(resource, i));
    co_await folly::coro::collectAllRange(std::move(tasks));
  }
};
