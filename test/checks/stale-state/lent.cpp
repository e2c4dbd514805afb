// RUN: %check_corolint %s coro-stale-state %t
// Elements that are passed to a task by reference, and what a function looks up.
#include "coro.h"
#include <functional>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

struct Session {
  bool dirty = true;
  int version = 0;
};
coro::task<> step();
coro::task<> use(int);
void see(int);

struct Compiler {
  std::map<int, Session> sessions;
  std::map<int, std::shared_ptr<Session>> shared;
  Session single;
  void close(int id) {
    sessions.erase(id);
    shared.erase(id);
  }

  coro::task<> compile(Session &session) {
    see(session.version);
    co_await step();
    session.dirty = false; // warn: coro-stale-state
  }
  coro::task<> element_bad(int id) {
    auto it = sessions.find(id);
    if (it == sessions.end())
      co_return;
    co_await compile(it->second);
  }

  coro::task<> compile_through(Session *session) {
    while (session->dirty) // warn: coro-stale-state
      co_await step();
  }
  coro::task<> pointer_bad(int id) { co_await compile_through(&sessions[id]); }

  // The callee is done with it before it suspends.
  coro::task<> look(const Session &session) {
    see(session.version);
    co_await step();
  }
  coro::task<> early_ok(int id) { co_await look(sessions[id]); }

  coro::task<> finish(Session &session) {
    co_await step();
    session.dirty = false;
  }
  // Nobody erases this one.
  coro::task<> member_ok() { co_await finish(single); }
  // A copy of the owner keeps it.
  coro::task<> owner_ok(int id) {
    auto mine = shared[id];
    co_await finish(*mine);
  }
  coro::task<> copy_ok(int id) {
    Session copy = sessions[id];
    co_await finish(copy);
  }

  coro::task<> finish_copy(Session session) {
    co_await step();
    session.dirty = false;
  }
  coro::task<> by_value_ok(int id) { co_await finish_copy(sessions[id]); }
};

class Table {
  std::map<std::string, int> topics;
  std::set<int> segments;

public:
  using Iterator = std::set<int>::const_iterator;
  std::optional<std::reference_wrapper<const int>>
  find(const std::string &key) const {
    if (auto it = topics.find(key); it != topics.end())
      return it->second;
    return std::nullopt;
  }
  std::optional<int> copy(const std::string &key) const {
    if (auto it = topics.find(key); it != topics.end())
      return it->second;
    return std::nullopt;
  }
  Iterator containing(int offset) const {
    auto it = segments.upper_bound(offset);
    return it == segments.begin() ? segments.end() : std::prev(it);
  }
  Iterator end() const { return segments.end(); }
  void drop(const std::string &key) { topics.erase(key); }
  void truncate() { segments.clear(); }
};

struct Reader {
  const Table &table;

  coro::task<> optional_reference_bad(std::string key) {
    auto found = table.find(key);
    if (!found)
      co_return;
    co_await step();
    see(found->get()); // warn: coro-stale-state
  }
  coro::task<> again_ok(std::string key) {
    auto found = table.find(key);
    co_await step();
    found = table.find(key);
    if (found)
      see(found->get());
  }
  coro::task<> optional_value_ok(std::string key) {
    auto found = table.copy(key);
    co_await step();
    if (found)
      see(*found);
  }
  coro::task<> iterator_bad() {
    auto it = table.containing(1);
    co_await step();
    see(*it); // warn: coro-stale-state
  }
  coro::task<> iterator_ok() {
    auto it = table.containing(1);
    int value = it == table.end() ? 0 : *it;
    co_await step();
    see(value);
  }
};
