// RUN: %check_corolint %s coro-stale-state %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/clice-io/clice/pull/462
// Sessions lie by value in a map. A coroutine takes one by reference and uses it after a wait, while the editor's
// close event erases it. The remedy shares the sessions.
#include <cppcoro/cppcoro.h>
#include <memory>
#include <string>
#include <unordered_map>
using cppcoro::task;
struct Pending {
  task<> wait();
};
struct Session {
  bool ast_dirty = true;
  std::string text;
  std::shared_ptr<Pending> compiling;
};
class CompilerBad {
  std::unordered_map<int, Session> sessions;

public:
  void didOpen(int path, std::string text) { sessions[path].text = std::move(text); }
  void didClose(int path) { sessions.erase(path); }
  task<bool> ensure_compiled_bad(Session &session) {
    while (session.compiling) {
      auto pending = session.compiling;
      co_await pending->wait();
      if (!session.ast_dirty) // warn: coro-stale-state
        co_return true;
    }
    co_return false;
  }
  task<> hover(int path) {
    auto it = sessions.find(path);
    if (it != sessions.end())
      co_await ensure_compiled_bad(it->second);
  }
};
class CompilerOk {
  std::unordered_map<int, std::shared_ptr<Session>> sessions;

public:
  void didClose(int path) { sessions.erase(path); }
  task<bool> ensure_compiled_ok(std::shared_ptr<Session> session) {
    while (session->compiling) {
      auto pending = session->compiling;
      co_await pending->wait();
      if (!session->ast_dirty)
        co_return true;
    }
    co_return false;
  }
  task<> hover(int path) {
    auto it = sessions.find(path);
    if (it != sessions.end())
      co_await ensure_compiled_ok(it->second);
  }
};
