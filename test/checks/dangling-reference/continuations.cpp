// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// Lambdas that run later, and refer to variables of the function that hands
// them over.

#include <functional>
#include <seastar/seastar.hh>
#include <string>
#include <vector>

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

// Functions that keep a callable, as their bodies show.
struct Loop {
  std::vector<std::function<void()>> queued;
  std::function<void()> last;
  void later(std::function<void()> f) { queued.push_back(std::move(f)); }
  void set_last(std::function<void()> f) { last = std::move(f); }
  void wrapped(std::function<void()> f) {
    later([f = std::move(f)] { f(); });
  }
  void drain() {
    for (auto &f : queued)
      f();
  }
  void later_and_drain(std::function<void()> f) {
    queued.push_back(std::move(f));
    drain();
  }
  void now(const std::function<void()> &f) { f(); }
  void now_and_again(std::function<void()> f) {
    f();
    last = std::move(f);
  }
  static void into_local(std::function<void()> f) {
    std::vector<std::function<void()>> local;
    local.push_back(std::move(f));
  }
};
void unseen(std::function<void()> f);
void use(const std::string &key);

struct Callbacks {
  Loop &loop;
  int count = 0;

  void local_bad(int n) {
    std::string key = std::to_string(n);
    loop.later([&key] { use(key); }); // warn: coro-dangling-reference
  }
  void parameter_bad(std::string key) {
    loop.set_last([&] { use(key); }); // warn: coro-dangling-reference
  }
  void wrapped_bad(std::string key) {
    loop.wrapped([&key] { use(key); }); // warn: coro-dangling-reference
  }
  void named_bad(std::string key) {
    auto later = [&key] { use(key); }; // warn: coro-dangling-reference
    loop.later(later);
  }
  void again_bad(std::string key) {
    loop.now_and_again([&key] { use(key); }); // warn: coro-dangling-reference
  }
  // A string or function by reference is as likely to be a temporary.
  void string_bad(const std::string &key) {
    loop.later([&key] { use(key); }); // warn: coro-dangling-reference
  }
  void function_bad(const std::function<void()> &f) {
    loop.later([&f] { f(); }); // warn: coro-dangling-reference
  }
  void rvalue_bad(std::string &&key) {
    loop.later([&key] { use(key); }); // warn: coro-dangling-reference
  }
  void size_bad(std::string key) {
    loop.later([&key] { use(key); }); // warn: coro-dangling-reference
    (void)key.size();
  }
  void copied_ok(std::string key) {
    loop.later([key] { use(key); });
  }
  void mutable_ok(std::string &key) {
    loop.later([&key] { key.clear(); });
  }
  void object_ok(const Loop &other) {
    loop.later([&other] { (void)other.queued.size(); });
  }
  void member_ok() {
    loop.later([this] { ++count; });
  }
  void drained_ok(std::string key) {
    loop.later([&key] { use(key); });
    loop.drain();
  }
  void drained_by_callee_ok(std::string key) {
    loop.later_and_drain([&key] { use(key); });
  }
  void called_at_once_ok(std::string key) {
    loop.now([&key] { use(key); });
  }
  void local_holder_ok(std::string key) {
    Loop::into_local([&key] { use(key); });
  }
  void local_loop_ok(std::string key) {
    Loop own;
    own.later([&key] { use(key); });
  }
  void unseen_ok(std::string key) {
    unseen([&key] { use(key); });
  }
  void in_a_loop_ok(std::string key) {
    for (int i = 0; i < 3; ++i) {
      loop.drain();
      loop.later([&key] { use(key); });
    }
  }

  // What is handed on as a view.
  void view(std::string_view key) {
    loop.later([this, key] { count += int(key.size()); });
  }
  void copy_of_view(std::string_view key) {
    loop.later([key = std::string(key)] { use(key); });
  }
  void view_then_drained(std::string_view key) {
    loop.later([this, key] { count += int(key.size()); });
    loop.drain();
  }
  void temporary_bad(int n) {
    view(std::to_string(n)); // warn: coro-dangling-reference
  }
  void local_view_bad(int n) {
    std::string key = std::to_string(n);
    view(key); // warn: coro-dangling-reference
  }
  void literal_ok() { view("key"); }
  void passed_on_ok(const std::string &key) { view(key); }
  void temporary_ok(int n) { copy_of_view(std::to_string(n)); }
  void temporary_drained_ok(int n) { view_then_drained(std::to_string(n)); }
  void local_drained_ok(int n) {
    std::string key = std::to_string(n);
    view(key);
    loop.drain();
  }
};

// A continuation that holds a coroutine lambda ends with its call.
struct Locked {
  int found = 0;
  template <typename F> auto run(F &&f) {
    return load("").then([f = std::forward<F>(f)](int) mutable { return f(); });
  }
  template <typename F> auto run_reference(F &f) {
    return load("").then([&f](int) { return f(); });
  }
  future<> captured_bad() {
    co_await run([this]() -> future<> {
      co_await store("");
      ++found; // warn: coro-dangling-reference
    });
  }
  future<> unused_ok() {
    co_await run([this]() -> future<> {
      ++found;
      co_await store("");
    });
  }
  future<> named_ok() {
    auto body = [this]() -> future<> {
      co_await store("");
      ++found;
    };
    co_await run_reference(body);
  }
};
