// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   %qt_flags
// https://github.com/Mudlet/Mudlet/pull/6720
// A profile is saved in the background. The lambda captures everything by reference,
// also the name of the file, which is a reference already.

#include <QFuture>
#include <QObject>
#include <QString>
#include <QtConcurrent/QtConcurrentRun>
#include <list>
struct Document { bool save(const QString &file) const; };
class XmlExport : public QObject {
  Document document;
  std::list<QFuture<bool>> futures;
  bool saveXml(const QString &file) { return document.save(file); }

public:
  void write_bad(const QString &file) {
    auto future = QtConcurrent::run([&]() { return saveXml(file); }); // warn: coro-dangling-reference
    futures.push_back(future);
  }
  void write_ok(const QString &file) {
    auto future = QtConcurrent::run([this, file]() { return saveXml(file); });
    futures.push_back(future);
  }
};
