// RUN: %check_corolint %s coro-sync-over-async %t -std=c++20 -- --
// https://github.com/measurement-kit/measurement-kit/issues/1233
// The system resolver runs in std::async, whose future is dropped.
#include <functional>
#include <future>
#include <netdb.h>
#include <string>
#include <thread>
extern "C" {
struct event_base;
struct timeval;
typedef void (*event_callback_fn)(int, short, void *);
int event_base_once(struct event_base *, int, short, event_callback_fn, void *, const struct timeval *);
}
struct Reactor {
  event_base *evbase;
  void call_soon(std::function<void()> f);
};
static void resolve(std::string name, std::function<void(int)> cb) {
  addrinfo *info = nullptr;
  int rc = getaddrinfo(name.c_str(), nullptr, nullptr, &info);
  cb(rc);
}
void query_bad(std::string name, std::function<void(int)> cb) {
  std::async(std::launch::async, [name, cb]() { resolve(name, cb); });
}
void query_ok(std::string name, std::function<void(int)> cb) {
  std::thread([name, cb]() { resolve(name, cb); }).detach();
}
static void run_test_bad(int, short, void *p) {
  query_bad("example.org", [p](int) {}); // warn: coro-sync-over-async
}
static void run_test_ok(int, short, void *p) {
  query_ok("example.org", [p](int) {});
}
void start(event_base *base, void *test, const timeval *tv) {
  event_base_once(base, -1, 1, run_test_bad, test, tv);
  event_base_once(base, -1, 1, run_test_ok, test, tv);
}
