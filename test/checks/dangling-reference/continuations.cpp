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
