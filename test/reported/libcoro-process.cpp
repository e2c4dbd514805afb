// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/jbaldwin/libcoro/issues/284
// A coroutine lambda copies a string into its captures. Its task is started in a
// container, and the lambda ends with the function.

#include <libcoro/libcoro.h>
#include <string>
void print(const std::string &text);

class Printer {
  coro::scheduler scheduler;
  coro::task_group group;

public:
  void start_bad() {
    std::string str = "Hello, world!";
    auto process = [this, str]() -> coro::task<void> {
      print(str); // warn: coro-dangling-reference
      co_await scheduler.schedule();
    };
    group.start(process());
  }
  void start_ok() {
    std::string str = "Hello, world!";
    auto process = [](coro::scheduler &scheduler, std::string str) -> coro::task<void> {
      print(str);
      co_await scheduler.schedule();
    };
    group.start(process(scheduler, str));
  }
};
