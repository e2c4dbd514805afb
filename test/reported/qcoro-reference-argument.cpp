// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   %qt_flags
// https://github.com/qcoro/qcoro/issues/131
// A coroutine starts another with a reference to a local and does not wait for
// it.

#include <QByteArray>
#include <qcoro/qcorotask.h>

QCoro::Task<QByteArray> download();
void keep(const QByteArray &data);

QCoro::Task<> parse(QByteArray &data) {
  co_await download();
  keep(data);
}

QCoro::Task<> fetch_bad() {
  QByteArray data = co_await download();
  parse(data); // warn: coro-dangling-reference
}

QCoro::Task<> fetch_ok() {
  QByteArray data = co_await download();
  co_await parse(data);
}
