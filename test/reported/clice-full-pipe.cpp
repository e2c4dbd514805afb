// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/clice-io/clice/pull/514
// A language server logs to standard error, a pipe that the editor need not
// read: once it is full, the loop never comes back from 'write'.

#include <cerrno>
#include <cppcoro/cppcoro.h>
#include <fcntl.h>
#include <string>
#include <unistd.h>

using cppcoro::task;
task<> answer(std::string request);

struct Blocking {
  void line(const std::string &text) { ::write(STDERR_FILENO, text.data(), text.size()); }
};
task<> serve_bad(Blocking &sink, std::string request) {
  sink.line(request); // warn: coro-blocking-call
  co_await answer(request);
}

struct NonBlocking {
  std::string backlog;
  NonBlocking() {
    ::fcntl(STDERR_FILENO, F_SETFL, ::fcntl(STDERR_FILENO, F_GETFL) | O_NONBLOCK);
  }
  void line(const std::string &text) {
    if (::write(STDERR_FILENO, text.data(), text.size()) < 0 && errno == EAGAIN)
      backlog += text;
  }
};
task<> serve_ok(NonBlocking &sink, std::string request) {
  sink.line(request);
  co_await answer(request);
}
