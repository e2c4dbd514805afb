// RUN: %check_corolint %s coro-stale-state %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/scylladb/scylladb/issues/13290
// A request counts the pending compactions of each table, in a continuation for each
// element of a map that an accessor returned by reference. Tables are added and dropped
// meanwhile.

#include <memory>
#include <seastar/seastar.hh>
#include <string>
#include <unordered_map>
#include <utility>
using seastar::future;
struct Table {
  future<int> estimatePending() const;
};
using TablePtr = std::shared_ptr<Table>;

class Database {
  std::unordered_map<std::string, TablePtr> tables;

public:
  std::unordered_map<std::string, TablePtr> &getTables() { return tables; }
  void addTable(const std::string &id, TablePtr table) { tables.emplace(id, std::move(table)); }
  void dropTable(const std::string &id) { tables.erase(id); }
};

struct Totals {
  std::unordered_map<std::string, int> pending;
};

inline future<> pending_bad(Database &db, Totals &totals) {
  return seastar::do_for_each(db.getTables(), [&totals](const std::pair<const std::string, TablePtr> &entry) { // warn: coro-stale-state
    return entry.second->estimatePending().then([&totals, id = entry.first](int n) { totals.pending[id] += n; });
  });
}
inline future<> pending_ok(Database &db, Totals &totals) {
  auto copy = db.getTables();
  for (auto &[id, table] : copy)
    totals.pending[id] += co_await table->estimatePending();
}
