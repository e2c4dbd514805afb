// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- -- \
// RUN:   %qt_flags
// https://github.com/qcoro/qcoro/issues/201
// Long work in a coroutine freezes the window. The remedy moves the coroutine
// to another thread, and back before it touches widgets.

#include <QProcess>
#include <QThread>
#include <qcoro/qcorotask.h>
#include <qcoro/qcorothread.h>

void show(int code);

QCoro::Task<> build_bad() {
  show(QProcess::execute("make", {})); // warn: coro-blocking-call
  co_return;
}
QCoro::Task<> back_bad(QThread *worker, QThread *window) {
  co_await QCoro::moveToThread(worker);
  co_await QCoro::moveToThread(window);
  show(QProcess::execute("make", {})); // warn: coro-blocking-call
}
QCoro::Task<> build_ok(QThread *worker, QThread *window) {
  co_await QCoro::moveToThread(worker);
  int code = QProcess::execute("make", {});
  co_await QCoro::moveToThread(window);
  show(code);
}
