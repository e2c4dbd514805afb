// Boost.MySQL as of 2026-08 (35e39439), as far as
// lib/model/boost-mysql.yaml names it.
#ifndef COROLINT_STUB_MYSQL_H
#define COROLINT_STUB_MYSQL_H

#include <string_view>

namespace boost::mysql {

class diagnostics {};
class results {};
struct error_code {
  explicit operator bool() const;
};

class any_connection {
public:
  template <typename... A> void close(A &&...);
  template <typename... A> void close_statement(A &&...);
  template <typename... A> void connect(A &&...);
  template <typename... A> void execute(A &&...);
  template <typename... A> void ping(A &&...);
  template <typename... A> void prepare_statement(A &&...);
  template <typename... A> void read_resultset_head(A &&...);
  template <typename... A> void read_some_rows(A &&...);
  template <typename... A> void reset_connection(A &&...);
  template <typename... A> void start_execution(A &&...);
  template <typename... A> void run_pipeline(A &&...);
  template <typename... A> void set_character_set(A &&...);
  template <typename Token>
  void async_execute(std::string_view query, results &, Token &&) {}
};

class connection {
public:
  template <typename... A> void close(A &&...);
  template <typename... A> void close_statement(A &&...);
  template <typename... A> void connect(A &&...);
  template <typename... A> void execute(A &&...);
  template <typename... A> void ping(A &&...);
  template <typename... A> void prepare_statement(A &&...);
  template <typename... A> void read_resultset_head(A &&...);
  template <typename... A> void read_some_rows(A &&...);
  template <typename... A> void reset_connection(A &&...);
  template <typename... A> void start_execution(A &&...);
  template <typename... A> void handshake(A &&...);
  template <typename... A> void quit(A &&...);
};

class pooled_connection {
public:
  pooled_connection();
  pooled_connection(pooled_connection &&) noexcept;
  ~pooled_connection();
  bool valid() const noexcept;
  any_connection *operator->() noexcept;
  void return_without_reset() noexcept;
};

class connection_pool {
public:
  template <typename Token> void async_get_connection(Token &&) {}
};

} // namespace boost::mysql

#endif // COROLINT_STUB_MYSQL_H
