// SQLiteCpp as of 2025-01 (211e642), as far as
// lib/model/sqlitecpp.yaml names it.
#ifndef COROLINT_STUB_SQLITECPP_H
#define COROLINT_STUB_SQLITECPP_H

#include <string>

namespace SQLite {
class Column {
public:
  int getInt() const noexcept;
};

class Database {
public:
  enum BackupType { Save, Load };
  Database(const std::string &path, int flags = 0);
  Database(Database &&);
  ~Database();
  void backup(const char *path, BackupType);
  int exec(const std::string &queries);
  Column execAndGet(const std::string &query);
  void loadExtension(const char *path, const char *entry);
  bool tableExists(const std::string &table) const;
  int tryExec(const std::string &queries) noexcept;
  int getChanges() const noexcept;
};

class Statement {
public:
  Statement(const Database &, const std::string &query);
  ~Statement();
  void bind(int index, int value);
  int exec();
  bool executeStep();
  int tryExecuteStep() noexcept;
  Column getColumn(int index) const;
};

class Transaction {
public:
  explicit Transaction(Database &);
  ~Transaction();
  void commit();
  void rollback();
};

class Savepoint {
public:
  Savepoint(Database &, const std::string &name);
  ~Savepoint();
  void release();
  void rollbackTo();
};

class Backup {
public:
  Backup(Database &to, Database &from);
  int executeStep(int pages = -1);
  int getRemainingPageCount() const;
};

template <typename A, typename... T>
void execute_many(Database &, const char *query, A &&, T &&...);

} // namespace SQLite

#endif // COROLINT_STUB_SQLITECPP_H
