// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- -- \
// RUN:   %qt_flags
// https://github.com/qgis/QGIS/pull/54060
// A model runs an algorithm in the main thread with a blocking queued call; when
// it is in the main thread already, it waits for itself.

#include <QCoreApplication>
#include <QMetaObject>
#include <QObject>
#include <QThread>
#include <QTimer>
struct Algorithm { bool run(); bool ok = false; };
class Model : public QObject {
public:
  void execute_bad(Algorithm &child) {
    QMetaObject::invokeMethod(qApp, [&child] { child.ok = child.run(); }, Qt::BlockingQueuedConnection);
  }
  void execute_ok(Algorithm &child) {
    if (QThread::currentThread() == qApp->thread())
      child.ok = child.run();
    else
      QMetaObject::invokeMethod(qApp, [&child] { child.ok = child.run(); }, Qt::BlockingQueuedConnection);
  }
};
void start(Model &model, Algorithm &child) {
  QTimer::singleShot(0, &model, [&model, &child] { model.execute_bad(child); }); // warn: coro-blocking-call
  QTimer::singleShot(0, &model, [&model, &child] { model.execute_ok(child); });
}
