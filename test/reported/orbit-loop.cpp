// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- --
// https://github.com/google/orbit/pull/3487
// A loop schedules work for each element. The lambda refers to a pointer that the body
// of the loop declares.

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>
struct ModuleData { void addSymbols(const std::string &); };
struct Process {
  std::vector<std::string> paths;
  ModuleData *findModule(const std::string &path) const;
};
class Executor {
  std::mutex mutex;
  std::vector<std::function<void()>> queue;

public:
  template <typename F> void schedule(F &&functor) {
    std::lock_guard lock(mutex);
    queue.emplace_back(std::forward<F>(functor));
  }
};
class App {
  Executor executor;
  std::string symbols(const std::string &path);

public:
  void load_bad(const Process &process) {
    for (const std::string &path : process.paths) {
      ModuleData *module = process.findModule(path);
      if (!module)
        continue;
      executor.schedule([this, &module, text = symbols(path)] { // warn: coro-dangling-reference
        module->addSymbols(text);
      });
    }
  }
  void load_ok(const Process &process) {
    for (const std::string &path : process.paths) {
      ModuleData *module = process.findModule(path);
      if (!module)
        continue;
      executor.schedule([this, module, text = symbols(path)] { module->addSymbols(text); });
    }
  }
};
