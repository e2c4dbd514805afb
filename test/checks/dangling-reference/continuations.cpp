// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// Lambdas that run later, and refer to variables of the function that hands
// them over.

#include <functional>
#include <seastar/seastar.hh>
#include <string>

using seastar::future;
future<int> load(std::string key);
future<> store(std::string key);
void apply(std::function<void(int)> f);

struct Cache {
  future<> local_bad(int n) {
    std::string key = std::to_string(n);
    return load(key).then([&key](int) { return store(key); }); // warn: coro-dangling-reference
  }
  future<> parameter_bad(std::string key) {
    return load(key).then([&](int) { return store(key); }); // warn: coro-dangling-reference
  }
  future<> chained_bad(int n) {
    std::string key = std::to_string(n);
    return load(key).then([](int) {}).finally([&key] { key.clear(); }); // warn: coro-dangling-reference
  }
  future<> stored_bad(int n) {
    std::string key = std::to_string(n);
    auto done = load(key).then([&key](int) { return store(key); }); // warn: coro-dangling-reference
    return done;
  }
  future<> copied_ok(int n) {
    std::string key = std::to_string(n);
    return load(key).then([key](int) { return store(key); });
  }
  future<> reference_ok(std::string &key) {
    return load(key).then([&key](int) { return store(key); });
  }
  future<> awaited_ok(int n) {
    std::string key = std::to_string(n);
    co_await load(key).then([&key](int) { return store(key); });
  }
  future<> awaited_later_ok(int n) {
    std::string key = std::to_string(n);
    auto done = load(key).then([&key](int) { return store(key); });
    co_await std::move(done);
  }
  future<> called_at_once_ok(int n) {
    std::string key = std::to_string(n);
    apply([&key](int) { key.clear(); });
    return store(key);
  }
  void waited_ok(int n) {
    std::string key = std::to_string(n);
    load(key).then([&key](int) { return store(key); }).get();
  }
};

// What a function lends to a callable that runs later.
inline future<> by_view(std::string_view key) {
  return load("").then([key](int) { return store(std::string(key)); });
}
inline future<> by_reference(const std::string &key) {
  return load(key).then([&key](int) { return store(key); });
}
inline future<> by_callable(std::function<void()> f) {
  return load("").then([f = std::move(f)](int) { f(); });
}
inline future<> by_copy(const std::string &key) {
  return load(key).then([key](int) { return store(key); });
}
inline future<> at_once(const std::string &key) {
  return load(key).then([length = key.size()](int) { (void)length; });
}
struct Lender {
  future<> kept;

  future<> view_bad(int n) {
    return by_view(std::to_string(n)); // warn: coro-dangling-reference
  }
  future<> reference_bad(int n) {
    std::string key = std::to_string(n);
    return by_reference(key); // warn: coro-dangling-reference
  }
  future<> callable_bad(int n) {
    std::string key = std::to_string(n);
    return by_callable([&key] { key.clear(); }); // warn: coro-dangling-reference
  }
  future<> copy_ok(int n) { return by_copy(std::to_string(n)); }
  future<> at_once_ok(int n) { return at_once(std::to_string(n)); }
  future<> callable_ok(int n) {
    std::string key = std::to_string(n);
    return by_callable([key]() mutable { key.clear(); });
  }
  future<> passed_on_ok(const std::string &key) { return by_reference(key); }
  future<> awaited_ok(int n) { co_await by_view(std::to_string(n)); }
};
