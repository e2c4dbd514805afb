// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- --
// https://github.com/google/orbit/pull/4567
// Strings by reference became views; a lambda on the thread pool captures the view, not the string.
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>
class Executor {
  std::vector<std::function<void()>> m_actions;

public:
  void schedule(std::function<void()> action) { m_actions.push_back(std::move(action)); }
};
struct Module { std::string filePath() const; };
class SymbolLoader {
  Executor *m_executor;
  void load(const std::string &path);

public:
  void retrieve_bad(std::string_view path) {
    m_executor->schedule([this, path] { load(std::string(path)); });
  }
  void retrieve_ok(std::string_view path) {
    m_executor->schedule([this, path = std::string(path)] { load(path); });
  }
  void all_bad(const std::vector<Module> &modules) {
    for (const Module &module : modules)
      retrieve_bad(module.filePath()); // warn: coro-dangling-reference
  }
  void all_ok(const std::vector<Module> &modules) {
    for (const Module &module : modules)
      retrieve_ok(module.filePath());
  }
};
