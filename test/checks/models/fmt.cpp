// RUN: %check_corolint %s coro-blocking-call %t
// Where {fmt} prints to: what goes to the console is output, which is off.

#include "coro.h"
#include <cstdio>
using namespace coro;

// As the library declares them; test/lib/model compares the names with it.
namespace fmt {
template <typename... T> void print(const char *format, T &&...values) {
  std::fwrite(format, 1, sizeof...(values), stdout);
}
template <typename... T>
void print(std::FILE *file, const char *format, T &&...values) {
  std::fwrite(format, 1, sizeof...(values), file);
}
class ostream {
public:
  template <typename... T> void print(const char *format, T &&...values);
};
template <typename... T> ostream output_file(const char *path, T... flags);
template <typename... T> const char *format(const char *format, T &&...values);
} // namespace fmt

task<> console_ok(int n) {
  fmt::print("{}\n", n);
  fmt::print(stdout, "{}\n", n);
  fmt::print(stderr, "{}\n", n);
  co_await async_op();
}
task<> file_bad(std::FILE *file, int n) {
  fmt::print(file, "{}\n", n); // warn: coro-blocking-call
  co_await async_op();
}
task<> opened_bad(int n) {
  auto out = fmt::output_file("log"); // warn: coro-blocking-call
  out.print("{}\n", n); // One handle, one finding.
  co_await async_op();
}
task<> formats_ok(int n) {
  auto text = fmt::format("{}", n);
  co_await async_op();
}
