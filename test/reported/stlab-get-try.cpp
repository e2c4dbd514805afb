// RUN: %check_corolint %s coro-busy-wait %t -std=c++20 -- -- \
// RUN:   %qt_flags
// https://github.com/stlab/stlab/issues/242
// A click waits in a loop for a future whose continuation runs on the thread of
// the window.

#include <QObject>
#include <QAbstractButton>
#include <optional>
namespace stlab {
struct main_executor_type { template <class F> void operator()(F) const; };
extern const main_executor_type main_executor, default_executor;
template <class T> class future {
public:
  future(const future &);
  ~future();
  bool is_ready() const;
  std::optional<T> get_try() const;
  template <class E, class F> future<int> then(const E &, F) { return *this; }
  void detach() const;
};
future<int> make();
template <class E, class F> future<int> async(const E &, F) { return make(); }
} // namespace stlab
void show(int);
void bind(QAbstractButton &button) {
  QObject::connect(&button, &QAbstractButton::clicked, &button, [] {
    auto f = stlab::async(stlab::default_executor, [] { return 1; }).then(stlab::main_executor, [](int n) { show(n); return n; });
    while (!f.get_try()) // warn: coro-busy-wait
      ;
  });
  QObject::connect(&button, &QAbstractButton::clicked, &button, [] {
    auto f = stlab::async(stlab::default_executor, [] { return 1; }).then(stlab::main_executor, [](int n) { show(n); return n; });
    f.detach();
  });
}
