// RUN: %check_corolint %s coro-blocking-call,coro-dangling-reference %t \
// RUN:   -std=c++20 -- -- %qt_flags
// Calls that wait for the thread of another object, nested loops, and what Qt
// keeps of the callables that it is handed.

#include <QCoreApplication>
#include <QEventLoop>
#include <QObject>
#include <QThread>
#include <QTimer>
#include <QtConcurrent>

struct Job {
  bool run();
};

void blocking_call_bad(QObject *worker, Job &job) {
  QTimer::singleShot(0, worker, [worker, &job] {
    QMetaObject::invokeMethod(worker, [&job] { job.run(); }, Qt::BlockingQueuedConnection); // warn: coro-blocking-call
  });
}
void queued_ok(QObject *worker, Job &job) {
  QTimer::singleShot(0, worker, [worker, &job] {
    QMetaObject::invokeMethod(worker, [&job] { job.run(); }, Qt::QueuedConnection);
    QMetaObject::invokeMethod(worker, [&job] { job.run(); });
  });
}
/// On its own thread it takes the other branch.
void other_thread_ok(QObject *worker, Job &job) {
  QTimer::singleShot(0, worker, [worker, &job] {
    if (QThread::currentThread() == worker->thread())
      job.run();
    else
      QMetaObject::invokeMethod(worker, [&job] { job.run(); }, Qt::BlockingQueuedConnection);
    if (worker->thread() != QThread::currentThread()) {
      QMetaObject::invokeMethod(worker, [&job] { job.run(); }, Qt::BlockingQueuedConnection);
      return;
    }
    job.run();
  });
}
void same_thread_bad(QObject *worker, Job &job) {
  QTimer::singleShot(0, worker, [worker, &job] {
    if (QThread::currentThread() == worker->thread())
      QMetaObject::invokeMethod(worker, [&job] { job.run(); }, Qt::BlockingQueuedConnection); // warn: coro-blocking-call
  });
}

/// A nested loop serves what the outer one would have served.
void nested_loop_ok(QObject *object) {
  QTimer::singleShot(0, object, [] {
    QEventLoop loop;
    QTimer::singleShot(100, &loop, &QEventLoop::quit);
    loop.exec();
  });
}

void pool_bad(int n) {
  QString text = QString::number(n);
  (void)QtConcurrent::run([&text] { qDebug() << text; }); // warn: coro-dangling-reference
}
void pool_ok(int n) {
  QString text = QString::number(n);
  (void)QtConcurrent::run([text] { qDebug() << text; });
}
void pool_waited_ok(int n) {
  QString text = QString::number(n);
  auto done = QtConcurrent::run([&text] { qDebug() << text; });
  done.waitForFinished();
}

class Window : public QObject {
public:
  void connected_bad(QTimer *timer) {
    int ticks = 0;
    connect(timer, &QTimer::timeout, this, [&] { ++ticks; }); // warn: coro-dangling-reference
  }
  void member_ok(QTimer *timer) {
    connect(timer, &QTimer::timeout, this, [&] { ++ticks; });
  }
  /// The loop runs until the variable is no longer needed.
  void nested_ok(QTimer *timer) {
    int ticks = 0;
    QEventLoop loop;
    connect(timer, &QTimer::timeout, &loop, [&] {
      ++ticks;
      loop.quit();
    });
    loop.exec();
  }
  /// The sender ends first.
  void local_sender_ok() {
    int ticks = 0;
    QTimer timer;
    connect(&timer, &QTimer::timeout, this, [&] { ++ticks; });
  }

private:
  int ticks = 0;
};
