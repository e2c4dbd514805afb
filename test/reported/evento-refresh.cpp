// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -DASIO_HAS_CO_AWAIT -DASIO_HAS_STD_COROUTINE
// https://github.com/NJUPT-SAST/sast-evento/pull/72
// A token is refreshed by a coroutine lambda that captured it; its awaitable is
// spawned, the lambda is not kept.

#include <utility>
#include <asio/awaitable.hpp>
#include <asio/co_spawn.hpp>
#include <asio/io_context.hpp>
#include <asio/steady_timer.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>
#include <exception>
#include <optional>
#include <string>
template <class T> using Task = asio::awaitable<T>;
class AsyncExecutor {
  asio::io_context ioc;

public:
  template <class T, class Callback> void asyncExecute(Task<T> task, Callback &&callback) {
    asio::co_spawn(ioc, std::move(task), [callback = std::forward<Callback>(callback)](std::exception_ptr e, T value) {
      if (!e)
        callback(std::move(value));
    });
  }
};
AsyncExecutor *executor();
Task<bool> refreshAccessToken(std::string token);
std::optional<std::string> getKeychainRefreshToken();
void loginFailed();
class AccountManager {
  bool loggedIn = false;

public:
  void performRefreshToken_bad() {
    executor()->asyncExecute(
        [refreshToken = getKeychainRefreshToken()]() -> Task<bool> {
          if (!refreshToken) // warn: coro-dangling-reference
            co_return false;
          co_return co_await refreshAccessToken(*refreshToken);
        }(),
        [this](bool ok) { loggedIn = ok; });
  }
  void performRefreshToken_ok() {
    executor()->asyncExecute(
        [](std::optional<std::string> refreshToken) -> Task<bool> {
          if (!refreshToken)
            co_return false;
          co_return co_await refreshAccessToken(*refreshToken);
        }(getKeychainRefreshToken()),
        [this](bool ok) { loggedIn = ok; });
  }
};
