// RUN: %check_corolint %s coro-lock-across-await %t -std=c++20 -- -- \
// RUN:   %qt_flags
// https://github.com/qcoro/qcoro/issues/146
// A coroutine suspends with a QMutex; the next coroutine of the same event
// loop waits for it, and neither goes on.

#include <QMutex>
#include <QReadWriteLock>
#include <qcoro/qcorotask.h>

QCoro::Task<int> query();

struct Cache {
  QMutex mutex;
  QReadWriteLock readers;
  int value = 0;

  QCoro::Task<> refresh_bad() {
    QMutexLocker lock(&mutex);
    value = co_await query(); // warn: coro-lock-across-await
  }
  QCoro::Task<> by_hand_bad() {
    mutex.lock();
    value = co_await query(); // warn: coro-lock-across-await
    mutex.unlock();
  }
  QCoro::Task<> reader_bad() {
    QReadLocker lock(&readers);
    co_await query(); // warn: coro-lock-across-await
  }
  QCoro::Task<> refresh_ok() {
    int fresh = co_await query();
    QMutexLocker lock(&mutex);
    value = fresh;
    lock.unlock();
    co_await query();
  }
};
