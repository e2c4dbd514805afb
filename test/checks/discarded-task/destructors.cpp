// RUN: %check_corolint %s coro-discarded-task %t
// Tasks that start at once, and what their destructors do to an unfinished one.

#include "tasks.h"
#include <atomic>
using namespace coro;

template <typename Task> struct eager_promise {
  Task get_return_object() {
    return Task(std::coroutine_handle<eager_promise>::from_promise(*this));
  }
  std::suspend_never initial_suspend() noexcept { return {}; }
  std::suspend_always final_suspend() noexcept { return {}; }
  void return_void() {}
  void unhandled_exception() {}
  bool try_detach() noexcept;
  bool detached = false;
  int owners = 2;
  std::atomic<int> references = 2;
};

template <typename Task> struct owner {
  using promise_type = eager_promise<Task>;
  using handle = std::coroutine_handle<promise_type>;
  explicit owner(handle h) : h(h) {}
  owner(owner &&other) noexcept : h(std::exchange(other.h, {})) {}
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>) const noexcept;
  void await_resume() const;
  bool is_ready() const { return !h || h.done(); }
  bool holds() const { return h != nullptr; }
  handle h;
};

// It is destroyed whatever it has done.
struct unfinished : owner<unfinished> {
  using owner::owner;
  unfinished(unfinished &&) = default;
  ~unfinished() {
    if (h && !h.done())
      h.destroy();
  }
};
struct returns_early : owner<returns_early> {
  using owner::owner;
  returns_early(returns_early &&) = default;
  ~returns_early() {
    if (!h)
      return;
    h.destroy();
  }
};
struct resets : owner<resets> {
  using owner::owner;
  resets(resets &&) = default;
  ~resets() { reset(); }
  void reset() {
    if (holds())
      h.destroy();
    h = {};
  }
};
struct exchanges : owner<exchanges> {
  using owner::owner;
  exchanges(exchanges &&) = default;
  ~exchanges() {
    if (auto old = std::exchange(h, {}))
      old.destroy();
  }
};
struct flagged : owner<flagged> {
  using owner::owner;
  flagged(flagged &&) = default;
  ~flagged() {
    if (h.address() && !h.promise().detached)
      h.destroy();
  }
};
unfinished make_unfinished();
returns_early make_returns_early();
resets make_resets();
exchanges make_exchanges();
flagged make_flagged();
void cancelled_bad() {
  make_unfinished();    // warn: coro-discarded-task
  make_returns_early(); // warn: coro-discarded-task
  make_resets();        // warn: coro-discarded-task
  make_exchanges();     // warn: coro-discarded-task
  make_flagged();       // warn: coro-discarded-task
}

// It goes on, or others decide.
struct detaches : owner<detaches> {
  using owner::owner;
  detaches(detaches &&) = default;
  ~detaches() {
    if (!h)
      return;
    if (!h.done())
      h.promise().detached = true;
    else
      h.destroy();
  }
};
struct leaves_running : owner<leaves_running> {
  using owner::owner;
  leaves_running(leaves_running &&) = default;
  ~leaves_running() {
    if (!h || !h.done())
      return;
    h.destroy();
  }
};
struct asks_itself : owner<asks_itself> {
  using owner::owner;
  asks_itself(asks_itself &&) = default;
  ~asks_itself() {
    if (is_ready())
      h.destroy();
  }
};
struct counted : owner<counted> {
  using owner::owner;
  counted(counted &&) = default;
  ~counted() {
    if (h && --h.promise().owners == 0)
      h.destroy();
  }
};
struct atomically_counted : owner<atomically_counted> {
  using owner::owner;
  atomically_counted(atomically_counted &&) = default;
  ~atomically_counted() {
    if (h && h.promise().references.fetch_sub(1) == 1)
      h.destroy();
  }
};
struct agrees : owner<agrees> {
  using owner::owner;
  agrees(agrees &&) = default;
  ~agrees() {
    if (h && !h.promise().try_detach())
      h.destroy();
  }
};
template <typename T> struct generic : owner<generic<T>> {
  using owner<generic<T>>::owner;
  generic(generic &&) = default;
  ~generic() {
    if (this->h && this->h.done())
      this->h.destroy();
  }
};
detaches make_detaches();
leaves_running make_leaves_running();
asks_itself make_asks_itself();
counted make_counted();
atomically_counted make_atomically_counted();
agrees make_agrees();
generic<int> make_generic();
void goes_on_ok() {
  make_detaches();
  make_leaves_running();
  make_asks_itself();
  make_counted();
  make_atomically_counted();
  make_agrees();
  make_generic();
}
