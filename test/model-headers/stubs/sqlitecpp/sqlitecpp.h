// SQLiteCpp as of 2025-01 (211e642), as far as
// lib/model/sqlitecpp.yaml names it.
#ifndef COROLINT_STUB_SQLITECPP_H
#define COROLINT_STUB_SQLITECPP_H

#include "../coroutine.h"

namespace SQLite {
class Transaction {
public:
  void commit();
  void rollback();
  Transaction();
};

class Backup {
public:
  void executeStep();
};

class Database {
public:
  Database();
  void backup();
  void exec();
  void execAndGet();
  void loadExtension();
  void tableExists();
  void tryExec();
};

class Statement {
public:
  void exec();
  void executeStep();
  void tryExecuteStep();
};

} // namespace SQLite

#endif // COROLINT_STUB_SQLITECPP_H
