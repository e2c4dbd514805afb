// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- -- \
// RUN:   %qt_flags
// https://github.com/linuxdeepin/dde-file-manager/pull/4496
// A daemon asks a service every minute whether it is alive, and waits up to 25 seconds
// on its event loop.

#include <QDBusInterface>
#include <QDBusPendingCall>
#include <QDBusPendingCallWatcher>
#include <QDBusReply>
#include <QObject>
#include <QTimer>
#include <memory>
class TextIndexClient : public QObject {
  std::unique_ptr<QDBusInterface> interface;
  QTimer *timer = new QTimer(this);
  bool ensure() {
    if (!interface)
      interface = std::make_unique<QDBusInterface>("org.example.TextIndex", "/org/example", "org.example.TextIndex");
    return interface->isValid();
  }
  void keepAlive_bad() {
    if (!ensure())
      return;
    QDBusReply<bool> reply = interface->call("IsEnabled"); // warn: coro-blocking-call
    (void)reply;
  }
  void keepAlive_ok() {
    if (!ensure())
      return;
    auto *watcher = new QDBusPendingCallWatcher(interface->asyncCall("IsEnabled"), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, watcher, &QObject::deleteLater);
  }

public:
  TextIndexClient() {
    connect(timer, &QTimer::timeout, this, &TextIndexClient::keepAlive_bad);
    connect(timer, &QTimer::timeout, this, &TextIndexClient::keepAlive_ok);
    timer->start(60000);
  }
};
