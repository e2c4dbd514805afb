#include "task.h"
#include <memory>
#include <utility>

struct erased {
  virtual void set(int) = 0;
  virtual ~erased() = default;
};
template <class F> struct wrapped final : erased {
  F f;
  explicit wrapped(F f) : f(std::move(f)) {}
  void set(int value) override { f(value); }
};
struct promise {
  std::unique_ptr<erased> inner;
  template <class F>
  promise(F f) : inner(std::make_unique<wrapped<F>>(std::move(f))) {}
  void set(int value) { inner->set(value); }
};
void keep_for_later(promise);
void on_worker_thread() {
  keep_for_later([](int) { sleep(1); });
}
task answer_ok(promise waiting) {
  waiting.set(1);
  co_return;
}

// What overrides a function in its own name is reached.
struct sink {
  virtual void flush() = 0;
};
template <class T> struct file_sink : sink {
  T buffer;
  void flush() override { sleep(1); }
};
template struct file_sink<int>;
task flush_bad(sink &s) {
  s.flush();
  co_return;
}
