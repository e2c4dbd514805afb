// RUN: %check_corolint %s coro-lock-across-await %t -std=c++20 -- -- \
// RUN:   %qt_flags
// https://github.com/supercollider/supercollider/pull/5039
// A client of a language runs due code under the language's mutex, and that code may run the event loop. The timer
// event that it dispatches wants the mutex again, on the same thread.
#include <QBasicTimer>
#include <QCoreApplication>
#include <QObject>
#include <QTimerEvent>
#include <functional>
#include <mutex>
#include <utility>
#include <vector>
std::timed_mutex gLangMutex;
// Some drivers handle the pending events while they enumerate the devices.
static void buildDeviceList() { QCoreApplication::processEvents(); }

class SC_LanguageClient {
public:
  void lock() { gLangMutex.lock(); }
  void unlock() { gLangMutex.unlock(); }
  bool tickLocked() {
    buildDeviceList();
    return true;
  }
};
class LangClientBad : public QObject, SC_LanguageClient {
  QBasicTimer clock;
  void tick_bad() {
    lock();
    bool more = tickLocked(); // warn: coro-lock-across-await
    unlock();
    if (more)
      clock.start(10, this);
  }

protected:
  void timerEvent(QTimerEvent *) override { tick_bad(); }
};
class LangClientOk : public QObject, SC_LanguageClient {
  QBasicTimer clock;
  std::vector<std::function<void()>> due; // under the mutex
  void tick_ok() {
    lock();
    auto mine = std::exchange(due, {});
    unlock();
    for (auto &function : mine)
      function();
    buildDeviceList();
    clock.start(10, this);
  }

protected:
  void timerEvent(QTimerEvent *) override { tick_ok(); }
};
