// Boost.Redis as of 2026-07 (dea03967), as far as
// lib/model/boost-redis.yaml names it. Completion tokens are Asio's own.
#ifndef COROLINT_STUB_REDIS_H
#define COROLINT_STUB_REDIS_H

#include <utility> // use_awaitable.hpp of 1.74 forgets it.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/error_code.hpp>
#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>

namespace boost::redis {

namespace detail {
struct start {
  template <typename Handler, typename... A>
  void operator()(Handler &&, A...) {}
};
} // namespace detail

struct config {
  std::string unix_socket;
};
struct ignore_t {};
inline ignore_t ignore;
template <typename T> struct result {
  T const &value() const;

private:
  T stored;
};
template <typename... T> using response = std::tuple<result<T>...>;
struct generic_response {
  std::string stored;
};

class request {
public:
  request();
  ~request();
  template <typename... A> void push(std::string_view command, A const &...);

private:
  std::string payload;
};

struct any_adapter {
  template <typename T> explicit any_adapter(T &response);
};

enum class operation { exec, run, receive, all };

template <typename Executor> class basic_connection {
public:
  explicit basic_connection(asio::io_context &);
  ~basic_connection();
  template <typename Token> auto async_run(config const &cfg, Token &&token) {
    return asio::async_initiate<Token, void(system::error_code)>(
        detail::start(), token, &cfg);
  }
  template <typename Token> auto async_receive(Token &&token) {
    return asio::async_initiate<Token, void(system::error_code, std::size_t)>(
        detail::start(), token);
  }
  template <typename Token> auto async_receive2(Token &&token) {
    return asio::async_initiate<Token, void(system::error_code)>(
        detail::start(), token);
  }
  template <typename Response, typename Token>
  auto async_exec(request const &req, Response &resp, Token &&token) {
    return async_exec(req, any_adapter(resp), static_cast<Token &&>(token));
  }
  template <typename Token>
  auto async_exec(request const &req, any_adapter adapter, Token &&token) {
    return asio::async_initiate<Token, void(system::error_code, std::size_t)>(
        detail::start(), token, &req);
  }
  void cancel(operation op = operation::all);
  bool will_reconnect() const noexcept;
  template <typename Response> void set_receive_response(Response &resp);
};

/// Its executor is fixed.
class connection {
public:
  explicit connection(asio::io_context &);
  ~connection();
  template <typename Token> auto async_run(config const &cfg, Token &&token) {
    return asio::async_initiate<Token, void(system::error_code)>(
        detail::start(), token, &cfg);
  }
  template <typename Token> auto async_receive(Token &&token) {
    return asio::async_initiate<Token, void(system::error_code, std::size_t)>(
        detail::start(), token);
  }
  template <typename Token> auto async_receive2(Token &&token) {
    return asio::async_initiate<Token, void(system::error_code)>(
        detail::start(), token);
  }
  template <typename Response, typename Token>
  auto async_exec(request const &req, Response &resp, Token &&token) {
    return async_exec(req, any_adapter(resp), static_cast<Token &&>(token));
  }
  template <typename Token>
  auto async_exec(request const &req, any_adapter adapter, Token &&token) {
    return asio::async_initiate<Token, void(system::error_code, std::size_t)>(
        detail::start(), token, &req);
  }
  void cancel(operation op = operation::all);
  bool will_reconnect() const noexcept;
  template <typename Response> void set_receive_response(Response &resp);
};

} // namespace boost::redis

#endif // COROLINT_STUB_REDIS_H
