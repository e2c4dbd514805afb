// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- -- \
// RUN:   %qt_flags
// https://github.com/TeamDeckshark/bitedj/issues/11
// A slot of the main thread appends to a database on a USB stick, which takes
// seconds.

#include <QObject>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>
#include <QTimer>
#include <QtConcurrentRun>

class HistoryStore {
public:
  bool append(const QString &track) {
    QSqlQuery query(QSqlDatabase::database("stick"));
    query.prepare("INSERT INTO history(track) VALUES(?)");
    query.addBindValue(track);
    return query.exec();
  }
};
class SetlogFeature : public QObject {
  HistoryStore store;

public:
  explicit SetlogFeature(QTimer *ended) {
    connect(ended, &QTimer::timeout, this, &SetlogFeature::slotPlayingTrackChanged);
    connect(ended, &QTimer::timeout, this, &SetlogFeature::slot_ok);
  }
  void slotPlayingTrackChanged() {
    logTrackToDrive("song"); // warn: coro-blocking-call
  }
  void logTrackToDrive(const QString &track) { store.append(track); }
  void slot_ok() {
    (void)QtConcurrent::run([] { HistoryStore().append("song"); });
  }
};
