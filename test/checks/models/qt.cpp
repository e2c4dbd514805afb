// RUN: %check_corolint %s coro-blocking-call,coro-lock-across-await,coro-discarded-task %t \
// RUN:   -std=c++20 -- -- %qt_flags
// Event handlers run on the loop of the object's thread, whatever class overrides
// them; modal dialogs run that loop; a task of QCoro that is dropped goes on.

#include <QDialog>
#include <QFileDialog>
#include <QGraphicsItem>
#include <QMessageBox>
#include <QMutex>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QRunnable>
#include <QFuture>
#include <QThread>
#include <QThreadPool>
#include <QWidget>
#include <QWindow>
#include <qcoro/qcoroasyncgenerator.h>
#include <qcoro/qcorotask.h>

class Base : public QWidget {};
class Derived : public Base {
protected:
  void mousePressEvent(QMouseEvent *) override {
    QThread::sleep(1); // warn: coro-blocking-call
  }
  bool event(QEvent *event) override {
    QThread::sleep(1); // warn: coro-blocking-call
    return Base::event(event);
  }

public:
  // No handler, though its name ends as theirs do.
  void loadEvent() { QThread::sleep(1); }
};

class Timed : public QObject {
  void timerEvent(QTimerEvent *) override {
    QThread::sleep(1); // warn: coro-blocking-call
  }
};
class Surface : public QWindow {
  void exposeEvent(QExposeEvent *) override {
    QThread::sleep(1); // warn: coro-blocking-call
  }
};
class Delegate : public QStyledItemDelegate {
  void paint(QPainter *, const QStyleOptionViewItem &,
             const QModelIndex &) const override {
    QThread::sleep(1); // warn: coro-blocking-call
  }
};
class Dialog : public QDialog {
  void accept() override {
    QThread::sleep(1); // warn: coro-blocking-call
  }
};

// A thread's own function, and what nobody calls as a handler.
class Worker : public QThread {
  void run() override { QThread::sleep(1); }
};
class Job : public QRunnable {
  void run() override { QThread::sleep(1); }
};
struct NoObject {
  void mousePressEvent(QMouseEvent *) { QThread::sleep(1); }
};

QMutex mutex;
void ask_bad() {
  QMutexLocker lock(&mutex);
  QMessageBox::warning(nullptr, "Disk", "full"); // warn: coro-lock-across-await
  QFileDialog::getOpenFileName(); // warn: coro-lock-across-await
}
void run_dialog_bad() {
  QMutexLocker lock(&mutex);
  QDialog().exec(); // warn: coro-lock-across-await
}
class Asking : public QDialog {
  void accept() override { QDialog(this).exec(); } // its loop goes on
};
void ask_ok() {
  QString name = QFileDialog::getOpenFileName();
  QMutexLocker lock(&mutex);
}

QCoro::Task<> save();
void start_ok() { save(); }

// Continuations run on the thread of their context, or elsewhere.
void then_bad(QFuture<int> found, QObject *context) {
  found.then(context, [](int) { QThread::sleep(1); }); // warn: coro-blocking-call
}
void then_ok(QFuture<int> found, QThreadPool *pool) {
  found.then(pool, [](int) { QThread::sleep(1); });
  found.then(QtFuture::Launch::Async, [](int) { QThread::sleep(1); });
  found.then([](int) { QThread::sleep(1); });
}
void finished_bad(QObject *context) {
  save().then([] { QThread::sleep(1); });             // warn: coro-blocking-call
  QCoro::connect(save(), context, [] { QThread::sleep(1); }); // warn: coro-blocking-call
}

// A generator runs when it is iterated.
QCoro::AsyncGenerator<int> rows();
QCoro::Task<> rows_bad() {
  rows(); // warn: coro-discarded-task
  co_await save();
}
QCoro::Task<> rows_ok() {
  auto all = rows();
  auto row = co_await all.begin();
}
