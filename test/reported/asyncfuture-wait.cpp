// RUN: %check_corolint %s coro-sync-over-async %t -std=c++20 -- -- \
// RUN:   %qt_flags -fPIC
// https://github.com/benlau/asyncfuture/issues/11
// A future is completed by a slot of the same thread's event loop. Waiting for
// it there blocks the loop, so the slot never runs.
#include <QtCore/QFuture>
#include <QtCore/QFutureWatcher>
#include <QtCore/QObject>
#include <QtCore/QPromise>
#include <QtCore/QTimer>
#include <memory>
#include <utility>

class Deferred : public QObject {
  QPromise<int> m_promise;
public:
  QFuture<int> future() { return m_promise.future(); }
  void complete(int value) {
    m_promise.addResult(value);
    m_promise.finish();
    deleteLater();
  }
};

class Store : public QObject {
  int m_total = 0;

  QFuture<int> load() {
    auto *deferred = new Deferred;
    auto *inner = new QFutureWatcher<void>(deferred);
    connect(inner, &QFutureWatcher<void>::finished, deferred, [deferred] { deferred->complete(1); });
    return deferred->future();
  }
  void refresh_bad() {
    QFuture<int> loaded = load();
    loaded.waitForFinished();
    m_total += loaded.result();
  }
  void refresh_ok() {
    auto *watcher = new QFutureWatcher<int>(this);
    connect(watcher, &QFutureWatcher<int>::finished, this, [this, watcher] {
      m_total += watcher->result();
      watcher->deleteLater();
    });
    watcher->setFuture(load());
  }

public:
  void follow(QTimer *timer) {
    connect(timer, &QTimer::timeout, this, [this] {
      refresh_bad(); // warn: coro-sync-over-async
    });
    connect(timer, &QTimer::timeout, this, [this] { refresh_ok(); });
  }
};
