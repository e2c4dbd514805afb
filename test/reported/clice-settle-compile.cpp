// RUN: %check_corolint %s coro-stale-state %t -std=c++20
// https://github.com/clice-io/clice/pull/490
// A compile that lands clears the session's dirty flag. A header that was saved
// while the compile was in flight had set it again: the recompile that it
// demanded never happened. The remedy compares an epoch that every change bumps.
#include <coroutine>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>

namespace kota {
template <typename T = void> class task;
namespace detail {
template <typename T> struct value { void return_value(T); };
template <> struct value<void> { void return_void(); };
} // namespace detail
template <typename T> class task {
public:
  struct promise_type : detail::value<T> {
    task get_return_object();
    std::suspend_always initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    void unhandled_exception();
  };
  task(task &&) noexcept;
  ~task();
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  T await_resume();
};
} // namespace kota

struct CompileResult { bool ok; std::string diagnostics; };
struct WorkerPool { kota::task<CompileResult> compile(std::string path, std::string text); };

struct Session {
  std::string path, text;
  std::uint64_t dirty_epoch = 0;
  bool ast_dirty = true;
};
class Compiler {
  WorkerPool &pool;
  std::unordered_map<std::string, std::shared_ptr<Session>> sessions;
  void publish(const Session &, const CompileResult &);

public:
  explicit Compiler(WorkerPool &p) : pool(p) {}
  void on_disk_changed(const std::string &path) { // an event of the file tracker
    if (auto it = sessions.find(path); it != sessions.end()) {
      it->second->ast_dirty = true;
      ++it->second->dirty_epoch;
    }
  }

  kota::task<bool> ensure_compiled_bad(std::shared_ptr<Session> session) {
    if (!session->ast_dirty)
      co_return true;
    auto result = co_await pool.compile(session->path, session->text);
    if (!result.ok)
      co_return false;
    session->ast_dirty = false; // warn: coro-stale-state
    publish(*session, result);
    co_return true;
  }
  kota::task<bool> ensure_compiled_ok(std::shared_ptr<Session> session) {
    if (!session->ast_dirty)
      co_return true;
    auto epoch = session->dirty_epoch;
    auto result = co_await pool.compile(session->path, session->text);
    if (!result.ok)
      co_return false;
    if (session->dirty_epoch == epoch)
      session->ast_dirty = false;
    publish(*session, result);
    co_return true;
  }
  kota::task<bool> ensure_compiled_early_ok(std::shared_ptr<Session> session) {
    if (!session->ast_dirty)
      co_return true;
    session->ast_dirty = false; // set again by a change that arrives meanwhile
    auto result = co_await pool.compile(session->path, session->text);
    co_return result.ok;
  }
};
