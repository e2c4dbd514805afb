// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/boostorg/mysql/issues/260
// A completion handler asks the database and waits for the answer.

#include <boost-mysql/boost-mysql.h>

namespace mysql = boost::mysql;

struct Accounts {
  mysql::connection_pool &pool;
  mysql::results rows;
  mysql::diagnostics why;

  void count_bad() {
    pool.async_get_connection(
        [this](mysql::error_code error, mysql::pooled_connection connection) {
          if (!error)
            connection->execute("select 1", rows, error, why); // warn: coro-blocking-call
        });
  }

  void count_ok() {
    pool.async_get_connection(
        [this](mysql::error_code error, mysql::pooled_connection connection) {
          if (!error)
            connection->async_execute("select 1", rows,
                                      [](mysql::error_code) {});
        });
  }
};
