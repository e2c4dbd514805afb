// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   %qt_flags
// https://github.com/qcoro/qcoro/issues/157
// Qt destroys a callable that it was asked to invoke once, at its first
// suspension point.

#include <QMetaObject>
#include <QTimer>
#include <QtConcurrentRun>
#include <qcoro/qcorofuture.h>
#include <qcoro/qcorotask.h>
int query();

struct Database : QObject {
  int rows = 0;
  void reported_bad() {
    QMetaObject::invokeMethod(this, [this]() -> QCoro::Task<> {
      int found = co_await QtConcurrent::run(query);
      rows = found; // warn: coro-dangling-reference
    }, Qt::QueuedConnection);
  }
  void shot_bad() {
    QTimer::singleShot(10, this, [this]() -> QCoro::Task<> {
      int found = co_await QtConcurrent::run(query);
      rows = found; // warn: coro-dangling-reference
    });
  }
  QCoro::Task<> load() {
    int found = co_await QtConcurrent::run(query);
    rows = found;
  }
  void mended_ok() {
    QMetaObject::invokeMethod(this, [this] { load(); }, Qt::QueuedConnection);
  }
  void kept_ok() {
    QTimer::singleShot(10, this, [this]() -> QCoro::Task<> {
      auto *self = this;
      int found = co_await QtConcurrent::run(query);
      self->rows = found;
    });
  }
};
