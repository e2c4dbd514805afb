// RUN: %check_corolint %s coro-blocking-call %t -std=c++20
// An address in digits is no name: looking it up asks nobody.

#include "coro.h"
#include <cstring>
#include <netdb.h>
using namespace coro;

task<> look_up_bad(const char *name) {
  addrinfo hints{}, *result = nullptr;
  hints.ai_family = AF_INET;
  getaddrinfo(name, "80", &hints, &result); // warn: coro-blocking-call
  co_await async_op();
}
task<> other_flag_bad(const char *name) {
  addrinfo hints{}, *result = nullptr;
  hints.ai_flags = AI_NUMERICSERV | AI_PASSIVE;
  getaddrinfo(name, "80", &hints, &result); // warn: coro-blocking-call
  co_await async_op();
}
task<> other_structure_bad(const char *name) {
  addrinfo hints{}, others{}, *result = nullptr;
  others.ai_flags = AI_NUMERICHOST;
  getaddrinfo(name, "80", &hints, &result); // warn: coro-blocking-call
  co_await async_op();
}
/// The same bits of another member.
task<> other_member_bad(const char *name) {
  addrinfo hints{}, *result = nullptr;
  hints.ai_socktype = 4;
  getaddrinfo(name, "80", &hints, &result); // warn: coro-blocking-call
  co_await async_op();
}
task<> passed_bad(const char *name, const addrinfo *hints) {
  addrinfo *result = nullptr;
  getaddrinfo(name, "80", hints, &result); // warn: coro-blocking-call
  co_await async_op();
}

task<> assigned_ok(const char *name) {
  addrinfo hints, *result = nullptr;
  std::memset(&hints, 0, sizeof hints);
  hints.ai_flags = AI_NUMERICHOST;
  getaddrinfo(name, "80", &hints, &result);
  co_await async_op();
}
task<> several_ok(const char *name, int more) {
  addrinfo hints{}, *result = nullptr;
  hints.ai_flags = AI_NUMERICHOST | more;
  getaddrinfo(name, "80", &hints, &result);
  hints.ai_flags |= AI_NUMERICHOST;
  co_await async_op();
}
task<> initialized_ok(const char *name) {
  addrinfo hints{.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV, .ai_family = AF_INET}, *result = nullptr;
  getaddrinfo(name, "80", &hints, &result);
  co_await async_op();
}
