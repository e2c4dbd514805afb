// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   %qt_flags
// https://github.com/qcoro/qcoro/issues/234
// A method returns the task of a coroutine lambda that captured 'this': the
// lambda is gone when it emits the signal.

#include <qcoro/qcorotask.h>

QCoro::Task<> long_function();

struct QmlTask {
  template <typename T> explicit QmlTask(QCoro::Task<T> &&task);
};

struct Backend {
  void finished();

  QmlTask test_bad() {
    return QmlTask([this]() -> QCoro::Task<> {
      co_await long_function();
      finished(); // warn: coro-dangling-reference
    }());
  }
  QmlTask test_ok() {
    return QmlTask([](Backend *self) -> QCoro::Task<> {
      co_await long_function();
      self->finished();
    }(this));
  }
};
