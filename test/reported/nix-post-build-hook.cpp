// RUN: %check_corolint %s coro-blocking-call %t -std=c++20
// https://github.com/NixOS/nix/issues/15406
// (commit e4c4f920d32d9b6fd48ef1151f705e9d87d01182) A build goal is a coroutine
// of the worker's only thread. It runs the hook after a build in place: forks,
// reads its output to the end, and waits for the process.
#include <coroutine>
#include <cstddef>
#include <string>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>
#include <vector>

struct Goal {
  struct Co {
    struct promise_type {
      Co get_return_object();
      std::suspend_always initial_suspend() noexcept;
      std::suspend_always final_suspend() noexcept;
      void unhandled_exception();
      void return_void();
    };
    Co(Co &&) noexcept;
    ~Co();
    bool await_ready();
    void await_suspend(std::coroutine_handle<>);
    void await_resume();
  };
  struct ChildEvents {
    bool await_ready();
    void await_suspend(std::coroutine_handle<>);
    std::string await_resume(); // empty: end of the output
  };
};
class Worker {
public:
  void childStarted(int fd);
  void childTerminated(int fd);
  Goal::ChildEvents waitForChild(int fd);
};
void logLine(const std::string &);

struct Hook { pid_t pid; int out; };
static Hook startHook(const std::string &program) {
  int ends[2];
  if (pipe(ends) != 0)
    return {-1, -1};
  pid_t pid = fork();
  if (pid == 0) {
    dup2(ends[1], 1);
    execlp(program.c_str(), program.c_str(), static_cast<char *>(nullptr));
    _exit(127);
  }
  close(ends[1]);
  return {pid, ends[0]};
}
static int runPostBuildHook(const std::string &program) {
  Hook hook = startHook(program);
  char buffer[4096];
  ssize_t n;
  while ((n = read(hook.out, buffer, sizeof buffer)) > 0)
    logLine(std::string(buffer, static_cast<std::size_t>(n)));
  close(hook.out);
  int status = 0;
  waitpid(hook.pid, &status, 0);
  return status;
}

class DerivationBuildingGoal {
  Worker &worker;
  std::string program;
  Goal::Co tryToBuild();
  Goal::Co registerOutputs();

public:
  DerivationBuildingGoal(Worker &w, std::string p) : worker(w), program(std::move(p)) {}
  Goal::Co buildWithHook_bad() {
    co_await tryToBuild();
    if (!program.empty())
      runPostBuildHook(program); // warn: coro-blocking-call
    co_await registerOutputs();
  }
  Goal::Co buildWithHook_ok() {
    co_await tryToBuild();
    if (!program.empty()) {
      int out = postBuildHookOutput();
      worker.childStarted(out);
      for (std::string text = co_await worker.waitForChild(out); !text.empty(); text = co_await worker.waitForChild(out))
        logLine(text);
      worker.childTerminated(out);
    }
    co_await registerOutputs();
  }

private:
  int postBuildHookOutput();
};
