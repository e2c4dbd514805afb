// Boost.MySQL as of 2026-08 (35e39439), as far as
// lib/model/boost-mysql.yaml names it. Completion tokens are Asio's own.
#ifndef COROLINT_STUB_MYSQL_H
#define COROLINT_STUB_MYSQL_H

#include <utility> // use_awaitable.hpp of 1.74 forgets it.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/error_code.hpp>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace boost::mysql {

using error_code = boost::system::error_code;
class diagnostics {};
struct character_set {};
class statement {};
class rows_view {};
class results {
  std::string rows;
};
class execution_state {
  std::string columns;
};
struct handshake_params {};
struct connect_params {
  std::string username;
  std::string password;
};
class pipeline_request {
  std::string stages;
};
class stage_response {
  std::string rows;
};

namespace detail {
struct start {
  template <typename Handler, typename... A>
  void operator()(Handler &&, A...) {}
};
} // namespace detail

#define COROLINT_STUB_ASYNC(Signature)                                         \
  {                                                                            \
    return asio::async_initiate<Token, Signature>(detail::start(), token);     \
  }

class any_connection {
public:
  void close();
  void close(error_code &, diagnostics &);
  template <typename Token>
  auto async_close(Token &&token) COROLINT_STUB_ASYNC(void(error_code))

      void close_statement(statement const &);
  void close_statement(statement const &, error_code &, diagnostics &);
  template <typename Token>
  auto async_close_statement(statement const &, Token &&token)
      COROLINT_STUB_ASYNC(void(error_code))

          void connect(connect_params const &);
  void connect(connect_params const &, error_code &, diagnostics &);
  template <typename Token>
  auto async_connect(connect_params const &, Token &&token)
      COROLINT_STUB_ASYNC(void(error_code)) template <typename Token>
      auto async_connect(connect_params const &, diagnostics &, Token &&token)
          COROLINT_STUB_ASYNC(void(error_code))

              template <typename Request, typename Results>
              void execute(Request &&, Results &);
  template <typename Request, typename Results>
  void execute(Request &&, Results &, error_code &, diagnostics &);
  template <typename Request, typename Results, typename Token>
  auto
  async_execute(Request &&, Results &, Token &&token) COROLINT_STUB_ASYNC(void(
      error_code)) template <typename Request, typename Results, typename Token>
  auto async_execute(Request &&, Results &, diagnostics &, Token &&token)
      COROLINT_STUB_ASYNC(void(error_code))

          void ping();
  void ping(error_code &, diagnostics &);
  template <typename Token>
  auto async_ping(Token &&token) COROLINT_STUB_ASYNC(void(error_code))

      statement prepare_statement(std::string_view);
  statement prepare_statement(std::string_view, error_code &, diagnostics &);
  template <typename Token>
  auto async_prepare_statement(std::string_view, Token &&token)
      COROLINT_STUB_ASYNC(void(error_code, statement))

          template <typename State>
          void read_resultset_head(State &);
  template <typename State>
  void read_resultset_head(State &, error_code &, diagnostics &);
  template <typename State, typename Token>
  auto async_read_resultset_head(State &, Token &&token)
      COROLINT_STUB_ASYNC(void(error_code))

          rows_view read_some_rows(execution_state &);
  rows_view read_some_rows(execution_state &, error_code &, diagnostics &);
  template <typename Token>
  auto async_read_some_rows(execution_state &, Token &&token)
      COROLINT_STUB_ASYNC(void(error_code, rows_view))

          void reset_connection();
  void reset_connection(error_code &, diagnostics &);
  template <typename Token>
  auto async_reset_connection(Token &&token)
      COROLINT_STUB_ASYNC(void(error_code))

          template <typename Request, typename State>
          void start_execution(Request &&, State &);
  template <typename Request, typename State>
  void start_execution(Request &&, State &, error_code &, diagnostics &);
  template <typename Request, typename State, typename Token>
  auto async_start_execution(Request &&, State &, Token &&token)
      COROLINT_STUB_ASYNC(void(error_code))

          void run_pipeline(pipeline_request const &,
                            std::vector<stage_response> &);
  void run_pipeline(pipeline_request const &, std::vector<stage_response> &,
                    error_code &, diagnostics &);
  template <typename Token>
  auto async_run_pipeline(pipeline_request const &,
                          std::vector<stage_response> &, Token &&token)
      COROLINT_STUB_ASYNC(void(error_code))

          void set_character_set(character_set const &);
  void set_character_set(character_set const &, error_code &, diagnostics &);
  template <typename Token>
  auto async_set_character_set(character_set const &, Token &&token)
      COROLINT_STUB_ASYNC(void(error_code))
};

/// The older class: it owns a stream, and makes the handshake itself.
template <typename Stream> class connection {
public:
  void close();
  void close(error_code &, diagnostics &);
  void close_statement(statement const &);
  template <typename Endpoint>
  void connect(Endpoint const &, handshake_params const &);
  template <typename Endpoint>
  void connect(Endpoint const &, handshake_params const &, error_code &,
               diagnostics &);
  template <typename Endpoint, typename Token>
  auto async_connect(Endpoint const &, handshake_params const &, Token &&token)
      COROLINT_STUB_ASYNC(void(error_code)) void handshake(
          handshake_params const &);
  void handshake(handshake_params const &, error_code &, diagnostics &);
  template <typename Token>
  auto async_handshake(handshake_params const &, Token &&token)
      COROLINT_STUB_ASYNC(
          void(error_code)) template <typename Request, typename Results>
      void execute(Request &&, Results &);
  template <typename Request, typename Results>
  void execute(Request &&, Results &, error_code &, diagnostics &);
  template <typename Request, typename Results, typename Token>
  auto async_execute(Request &&, Results &, Token &&token) COROLINT_STUB_ASYNC(
      void(error_code)) template <typename Request, typename State>
  void start_execution(Request &&, State &);
  template <typename Request, typename State, typename Token>
  auto async_start_execution(Request &&, State &, Token &&token)
      COROLINT_STUB_ASYNC(void(error_code)) statement
      prepare_statement(std::string_view);
  void ping();
  void quit();
  void quit(error_code &, diagnostics &);
  template <typename Token>
  auto async_quit(Token &&token) COROLINT_STUB_ASYNC(void(error_code)) rows_view
      read_some_rows(execution_state &);
  template <typename Token>
  auto async_read_some_rows(execution_state &, Token &&token)
      COROLINT_STUB_ASYNC(void(error_code, rows_view)) template <typename State>
      void read_resultset_head(State &);
  template <typename State, typename Token>
  auto async_read_resultset_head(State &, Token &&token)
      COROLINT_STUB_ASYNC(void(error_code)) void reset_connection();
};

class pooled_connection {
public:
  pooled_connection();
  pooled_connection(pooled_connection &&) noexcept;
  ~pooled_connection();
  bool valid() const noexcept;
  any_connection &get() noexcept;
  any_connection *operator->() noexcept;
  void return_without_reset() noexcept;
};

class connection_pool {
public:
  template <typename Token>
  auto async_run(Token &&token)
      COROLINT_STUB_ASYNC(void(error_code)) template <typename Token>
      auto async_get_connection(Token &&token)
          COROLINT_STUB_ASYNC(void(error_code,
                                   pooled_connection)) void cancel();
  bool valid() const noexcept;
};

#undef COROLINT_STUB_ASYNC

} // namespace boost::mysql

#endif // COROLINT_STUB_MYSQL_H
