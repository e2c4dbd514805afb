// Boost.MySQL as of 2026-08 (35e39439), as far as
// lib/model/boost-mysql.yaml names it.
#ifndef COROLINT_STUB_MYSQL_H
#define COROLINT_STUB_MYSQL_H

#include "../coroutine.h"

namespace boost {
namespace mysql {
class pooled_connection {
public:
  void return_without_reset();
  bool valid();
};

class connection {
public:
  void close();
  void close_statement();
  void connect();
  void execute();
  void handshake();
  void ping();
  void prepare_statement();
  void quit();
  void read_resultset_head();
  void read_some_rows();
  void reset_connection();
  void start_execution();
};

class any_connection {
public:
  void close();
  void close_statement();
  void connect();
  void execute();
  void ping();
  void prepare_statement();
  void read_resultset_head();
  void read_some_rows();
  void reset_connection();
  void run_pipeline();
  void set_character_set();
  void start_execution();
};

} // namespace mysql

} // namespace boost

#endif // COROLINT_STUB_MYSQL_H
