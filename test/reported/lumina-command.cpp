// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- -- \
// RUN:   %qt_flags
// https://github.com/lumina-desktop/lumina/issues/162
// A utility runs a command and waits for it for as long as it takes; buttons
// call it.

#include <QProcess>
#include <QPushButton>
#include <QLabel>
#include <QStringList>

namespace LUtils {
QStringList getCmdOutput(QString cmd, QStringList args) {
  QProcess proc;
  proc.setProcessChannelMode(QProcess::MergedChannels);
  proc.start(cmd, args);
  if (!proc.waitForStarted(30000))
    return QStringList();
  proc.waitForFinished(-1);
  return QString(proc.readAllStandardOutput()).split("\n");
}
} // namespace LUtils

void reported_bad(QPushButton *refresh, QLabel *volume) {
  QObject::connect(refresh, &QPushButton::clicked, [volume] {
    volume->setText(LUtils::getCmdOutput("mixer", {"-S"}).join(' ')); // warn: coro-blocking-call
  });
}
void mended_ok(QPushButton *refresh, QLabel *volume) {
  QObject::connect(refresh, &QPushButton::clicked, [volume] {
    auto *proc = new QProcess(volume);
    QObject::connect(proc, &QProcess::finished, volume, [proc, volume] {
      volume->setText(proc->readAllStandardOutput());
      proc->deleteLater();
    });
    proc->start("mixer", {"-S"});
  });
}
