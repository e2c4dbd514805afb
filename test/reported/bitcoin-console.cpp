// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- -- \
// RUN:   %qt_flags
// https://github.com/bitcoin/bitcoin/pull/13674
// When the client shuts down, the console's window waits for the thread of a command that
// may take minutes.

#include <QObject>
#include <QThread>
#include <QWidget>
class ClientModel : public QObject {};
class Console : public QWidget {
  QThread thread;
  ClientModel *model = nullptr;

public:
  void setClientModel(ClientModel *next) {
    model = next;
    if (!model) {
      thread.quit();
      thread.wait();
    }
  }
  void setClientModelLater(ClientModel *next) {
    model = next;
    if (!model)
      thread.quit();
  }
};
class Gui : public QObject {
  Console console;

public:
  explicit Gui(QObject *application) {
    connect(application, &QObject::destroyed, this, [this] {
      console.setClientModel(nullptr); // warn: coro-blocking-call
    });
    connect(application, &QObject::destroyed, this, [this] { console.setClientModelLater(nullptr); });
  }
};
