// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20
// https://github.com/cloudflare/workerd/commit/e357d659f3056115e262515a2597532c0aaf8b94
// A function asks a channel, which it owns, for its token and leaves the promise
// to a task set. The channel's coroutine goes on after the function has freed
// the channel. (The original uses KJ; the promise here is a minimal own one.)
#include <coroutine>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace kj {
template <typename T> class Promise {
public:
  struct promise_type {
    Promise get_return_object();
    std::suspend_never initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    void unhandled_exception();
    void return_value(T);
  };
  Promise(Promise &&) noexcept;
  Promise &operator=(Promise &&) noexcept;
  ~Promise();
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  T await_resume();
};
} // namespace kj

kj::Promise<std::string> requestToken(int usage);

class RpcChannel {
  std::string prefix;
public:
  explicit RpcChannel(std::string p) : prefix(std::move(p)) {}
  kj::Promise<std::string> getToken(int usage) {
    std::string token = co_await requestToken(usage);
    co_return prefix + token;
  }
};

class IoContext {
  std::vector<kj::Promise<std::string>> tasks;
public:
  void addTask(kj::Promise<std::string> promise) { tasks.push_back(std::move(promise)); }
};

void serialize_bad(IoContext &context, const std::string &name) {
  auto channel = std::make_unique<RpcChannel>(name);
  context.addTask(channel->getToken(1)); // warn: coro-dangling-reference
}
static kj::Promise<std::string> tokenOf(std::unique_ptr<RpcChannel> channel, int usage) {
  co_return co_await channel->getToken(usage);
}
void serialize_ok(IoContext &context, const std::string &name) {
  context.addTask(tokenOf(std::make_unique<RpcChannel>(name), 1));
}
kj::Promise<std::string> serialize_awaited_ok(std::string name) {
  RpcChannel channel(name);
  co_return co_await channel.getToken(1);
}
