// RUN: %check_corolint %s coro-discarded-task %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/scylladb/scylladb/pull/29806
// And https://github.com/redpanda-data/redpanda/pull/17383: the lock is asked for and
// never awaited; nothing is exclusive.
#include <map>
#include <seastar/seastar.hh>
#include <string>
using seastar::future;

class TablesMetadata {
  seastar::rwlock cfLock;
  std::map<std::string, int> tables;

public:
  future<seastar::rwlock::holder> holdWriteLock() { return cfLock.hold_write_lock(); }
  void add(std::string name) { tables.emplace(std::move(name), 0); }
};
struct Database {
  TablesMetadata metadata;
  future<> makeDirectory(std::string name);

  future<> create_local_system_table_bad(std::string name) {
    auto lock = metadata.holdWriteLock(); // warn: coro-discarded-task
    metadata.add(name);
    co_await makeDirectory(name);
  }
  future<> create_local_system_table_ok(std::string name) {
    auto lock = co_await metadata.holdWriteLock();
    metadata.add(name);
    co_await makeDirectory(name);
  }
};
struct DistributedKv {
  seastar::rwlock snapshotLock;
  std::map<std::string, int> kvs;
  future<> writeSnapshot(std::map<std::string, int> kvs);

  future<> take_snapshot_bad() {
    auto holder = snapshotLock.hold_write_lock(); // warn: coro-discarded-task
    co_await writeSnapshot(kvs);
  }
  future<> take_snapshot_ok() {
    auto holder = co_await snapshotLock.hold_write_lock();
    co_await writeSnapshot(kvs);
  }
};
