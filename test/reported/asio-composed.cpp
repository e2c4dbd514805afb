// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -DASIO_HAS_CO_AWAIT -DASIO_HAS_STD_COROUTINE
// https://github.com/chriskohlhoff/asio/issues/1491
// An operation is implemented by a coroutine lambda. What the lambda captured is destroyed
// when the operation first suspends; its arguments are not.

#include <asio.hpp>
#include <string>
// As in Asio since 1.28, which Debian does not package.
namespace asio::experimental {
template <typename Handler> struct co_composed_state {
  Handler handler;
};
template <typename Implementation> struct initiate_co_composed {
  Implementation implementation;
  template <typename Handler, typename... Arguments> void operator()(Handler &&handler, Arguments &&...arguments) && {
    std::move(implementation)(co_composed_state<std::decay_t<Handler>>{std::forward<Handler>(handler)},
                              std::forward<Arguments>(arguments)...);
  }
};
template <typename Signature, typename Implementation, typename... Executors>
auto co_composed(Implementation &&implementation, Executors &&...) {
  return initiate_co_composed<std::decay_t<Implementation>>{std::forward<Implementation>(implementation)};
}
} // namespace asio::experimental
template <typename Closure, typename Handler, typename... Arguments>
struct std::coroutine_traits<void, Closure &, asio::experimental::co_composed_state<Handler>, Arguments...> {
  struct promise_type {
    void get_return_object();
    std::suspend_never initial_suspend() noexcept;
    std::suspend_never final_suspend() noexcept;
    void unhandled_exception();
    void return_void();
    struct Awaiter {
      bool await_ready() noexcept;
      void await_suspend(std::coroutine_handle<>) noexcept;
      void await_resume();
    };
    template <typename Operation> Awaiter await_transform(Operation &&);
  };
};
void log(const std::string &text);

template <typename Token> auto wait_bad(asio::io_context &io, std::string name, Token &&token) {
  return asio::async_initiate<Token, void(std::error_code)>(
      asio::experimental::co_composed<void(std::error_code)>(
          [name = std::move(name)](auto state, asio::io_context &io) -> void {
            asio::steady_timer timer(io, std::chrono::seconds(1));
            co_await timer;
            log(name); // warn: coro-dangling-reference
          },
          io),
      token, std::ref(io));
}
template <typename Token> auto wait_ok(asio::io_context &io, std::string name, Token &&token) {
  return asio::async_initiate<Token, void(std::error_code)>(
      asio::experimental::co_composed<void(std::error_code)>(
          [](auto state, asio::io_context &io, std::string name) -> void {
            asio::steady_timer timer(io, std::chrono::seconds(1));
            co_await timer;
            log(name);
          },
          io),
      token, std::ref(io), std::move(name));
}
void start(asio::io_context &io) {
  wait_bad(io, "one", asio::detached);
  wait_ok(io, "two", asio::detached);
}
