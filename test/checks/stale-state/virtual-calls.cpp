// RUN: %check_corolint %s coro-stale-state %t
// Calls of a virtual method that several classes override: each call may be of
// an object of another class, so two callers do not share an object.
#include "coro.h"
#include <string>

struct Stream {
  virtual ~Stream() = default;
  virtual coro::task<int> read() = 0;
};
coro::task<int> fetch();

class Cached : public Stream {
  std::string cache;
  Stream &source;

public:
  explicit Cached(Stream &source) : source(source) {}
  coro::task<int> read() override { // read_ok
    if (!cache.empty())
      co_return 0;
    int n = co_await source.read();
    cache.append("x");
    co_return n;
  }
};
class Plain : public Stream {
public:
  coro::task<int> read() override { co_return co_await fetch(); }
};
struct First {
  Stream &stream;
  coro::task<> run() { co_await stream.read(); }
};
struct Second {
  Stream &stream;
  coro::task<> run() { co_await stream.read(); }
};

// Calls of the class itself are of its objects.
class Named : public Stream {
  std::string cache;

public:
  coro::task<int> read() override {
    if (!cache.empty())
      co_return 0;
    int n = co_await fetch();
    cache.append("x"); // warn: coro-stale-state
    co_return n;
  }
};
struct Third {
  Named &named;
  coro::task<> run() { co_await named.read(); }
};
struct Fourth {
  Named &named;
  coro::task<> run() { co_await named.read(); }
};

// Only one class overrides it.
struct Store {
  virtual ~Store() = default;
  virtual coro::task<int> load() = 0;
};
class Only : public Store {
  std::string cache;

public:
  coro::task<int> load() override {
    if (!cache.empty())
      co_return 0;
    int n = co_await fetch();
    cache.append("x"); // warn: coro-stale-state
    co_return n;
  }
};
struct Fifth {
  Store &store;
  coro::task<> run() { co_await store.load(); }
};
struct Sixth {
  Store &store;
  coro::task<> run() { co_await store.load(); }
};
