// RUN: %check_corolint %s coro-blocking-call %t -std=c++20
// An address in digits is no name: looking it up asks nobody.

#include "coro.h"
#include <cstring>
#include <netdb.h>
#include <string>
#include <string_view>
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

// The text itself is an address.
task<> literal_ok() {
  addrinfo *result = nullptr;
  getaddrinfo("127.0.0.1", "80", nullptr, &result);
  getaddrinfo("::1", "80", nullptr, &result);
  getaddrinfo("fe80::1%eth0", "80", nullptr, &result);
  getaddrinfo("::ffff:10.0.0.1", "80", nullptr, &result);
  const char *host = "10.0.0.1";
  getaddrinfo(host, "80", nullptr, &result);
  co_await async_op();
}
task<> literal_bad() {
  addrinfo *result = nullptr;
  getaddrinfo("localhost", "80", nullptr, &result); // warn: coro-blocking-call
  getaddrinfo("1.2.3.256", "80", nullptr, &result); // warn: coro-blocking-call
  getaddrinfo("10.0.0.1.example", "80", nullptr, &result); // warn: coro-blocking-call
  getaddrinfo("face", "80", nullptr, &result); // warn: coro-blocking-call
  const char *host = "10.0.0.1";
  host = "example.org";
  getaddrinfo(host, "80", nullptr, &result); // warn: coro-blocking-call
  co_await async_op();
}

// Every call of a function passes one.
static addrinfo *of_text(const char *host) {
  addrinfo *result = nullptr;
  getaddrinfo(host, "80", nullptr, &result);
  return result;
}
struct address {
  static addrinfo *of_view(std::string_view host, int) {
    addrinfo *result = nullptr;
    getaddrinfo(host.data(), "80", nullptr, &result);
    return result;
  }
  static addrinfo *of_string(const std::string &host) { return of_text(host.c_str()); }
};
task<> passed_ok() {
  of_text("10.0.0.1");
  address::of_view("192.168.1.1", 80);
  address::of_string("::1");
  co_await async_op();
}

static addrinfo *of_any(const char *host) {
  addrinfo *result = nullptr;
  getaddrinfo(host, "80", nullptr, &result);
  return result;
}
addrinfo *of_shared(const char *host) {
  addrinfo *result = nullptr;
  getaddrinfo(host, "80", nullptr, &result);
  return result;
}
static addrinfo *of_changed(std::string host) {
  addrinfo *result = nullptr;
  host.append(".example");
  getaddrinfo(host.c_str(), "80", nullptr, &result);
  return result;
}
static addrinfo *of_replaced(const char *host) {
  addrinfo *result = nullptr;
  host = "example.org";
  getaddrinfo(host, "80", nullptr, &result);
  return result;
}
task<> one_passes_another_bad(const char *name) {
  of_any("10.0.0.1"); // warn: coro-blocking-call
  of_any(name); // warn: coro-blocking-call
  of_shared("10.0.0.1"); // warn: coro-blocking-call
  of_changed("10.0.0.1"); // warn: coro-blocking-call
  of_replaced("10.0.0.1"); // warn: coro-blocking-call
  co_await async_op();
}
