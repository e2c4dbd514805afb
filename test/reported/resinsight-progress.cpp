// RUN: %check_corolint %s coro-lock-across-await %t -std=c++20 -- -- \
// RUN:   %qt_flags
// https://github.com/OPM/ResInsight/pull/14232
// Slots of the window's thread update the progress under a mutex; the progress dialog pumps
// events, and another download's slot wants the mutex.
#include <QApplication>
#include <QMap>
#include <QMutex>
#include <QMutexLocker>
#include <QObject>
#include <memory>

class ProgressInfo {
  int value = 0;

public:
  void incrementProgress() {
    ++value;
    updateBar();
  }

private:
  void updateBar() {
    if (value % 2)
      return;
    QApplication::processEvents();
  }
};

class DataLoadController : public QObject {
  QMutex mutex;
  QMap<QString, std::shared_ptr<ProgressInfo>> progress;

public:
  void on_task_finished_bad(const QString &task) {
    QMutexLocker lock(&mutex);
    auto it = progress.find(task);
    if (it != progress.end())
      it.value()->incrementProgress(); // warn: coro-lock-across-await
  }
  void on_task_finished_ok(const QString &task) {
    std::shared_ptr<ProgressInfo> found;
    {
      QMutexLocker lock(&mutex);
      auto it = progress.find(task);
      if (it != progress.end())
        found = it.value();
    }
    if (found)
      found->incrementProgress();
  }
};
