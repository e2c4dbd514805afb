// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- -- \
// RUN:   %qt_flags
// https://github.com/TeXworks/texworks/issues/329
// A script's system command is waited for on the thread of the user interface:
// the progress dialog is never painted.

#include <QAction>
#include <QDialog>
#include <QProcess>

class Script : public QObject {
  QProcess process;

public:
  int system(const QString &command) {
    process.startCommand(command);
    process.waitForFinished(-1);
    return process.exitCode();
  }
  void bind(QAction &run) {
    connect(&run, &QAction::triggered, this, [this] {
      system("make"); // warn: coro-blocking-call
    });
    connect(&process, &QProcess::finished, this, [](int) {});
  }
  void start_ok() { process.startCommand("make"); }
};

class Dialog : public QDialog {
  Script script;

protected:
  void accept() override {
    script.system("make"); // warn: coro-blocking-call
    QDialog::accept();
  }
};
