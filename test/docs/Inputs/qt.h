// What the examples of docs/libraries/qt.md take for granted.

#include <QCoreApplication>
#include <QMutex>
#include <QProcess>
#include <QPushButton>
#include <QString>
#include <QTimer>
#include <QWidget>
#include <QtConcurrentRun>

#include <qcoro/qcorofuture.h>
#include <qcoro/qcoroprocess.h>
#include <qcoro/qcorotask.h>

#include <mutex>

QCoro::Task<int> query();
int count_lines();
void show(const QString &text);
void use(int);
