// RUN: %check_corolint %s coro-blocking-call %t -std=c++20
// Descriptors whose EAGAIN is tested by a helper, standard streams, and the end
// of the program.

#include "coro.h"
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>
using namespace coro;

task<> ready(int);
[[noreturn]] inline void die() { FILE *f = fopen("core.txt", "w"); if (f) fclose(f); std::abort(); }
task<> n1(int i) { i ? (void)0 : die(); co_await async_op(); }
enum class Status { ok, again, error };
Status from_native(int e) { return e == EAGAIN ? Status::again : Status::error; }
Status recv1(int fd, char *b) { auto r = ::recv(fd, b, 9, 0); return r > 0 ? Status::ok : from_native(errno); }
task<> r1(int fd, char *b) { if (recv1(fd, b) == Status::again) co_await ready(fd); }
int nb(int r) { if (r < 0 && errno != EAGAIN) throw 1; return r; }
task<> r2(int fd, char *b) { int n = nb(::read(fd, b, 9)); while (n < 0) co_await ready(fd); }
int check(int r) { if (r < 0) throw 1; return r; }
task<> r3(int fd, char *b) { check(::read(fd, b, 9)); co_await ready(fd); } // warn: coro-blocking-call
void log(int e);
task<> r4(int fd, char *b) { if (::read(fd, b, 9) < 0) log(errno); co_await ready(fd); } // warn: coro-blocking-call
task<> r7(int fd, char *b) { int n = ::read(fd, b, 9); std::error_code ec(n < 0 ? errno : 0, std::system_category()); if (ec == std::errc::operation_would_block) co_await ready(fd); }
task<> w() { ::write(STDERR_FILENO, "x", 1); co_await async_op(); } // warn: coro-blocking-call
task<> w1() { if (::write(2, "x", 1) < 0 && errno == EAGAIN) co_await ready(2); }
task<> w2(int fd) { ::write(fd, "x", 1); co_await async_op(); } // warn: coro-blocking-call
task<> f1(std::ifstream *s, char *b) { s->read(b, 9); co_await async_op(); } // warn: coro-blocking-call
task<> f2(std::ofstream *s) { s->write("x", 1); co_await async_op(); } // warn: coro-blocking-call
task<> f3(std::shared_ptr<std::ifstream> &s, char *b) { s->read(b, 9); co_await async_op(); } // warn: coro-blocking-call
task<> f4(std::istream *s, char *b) { s->read(b, 9); co_await async_op(); }
