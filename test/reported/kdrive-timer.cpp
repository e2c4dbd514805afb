// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   %qt_flags
// https://github.com/Infomaniak/desktop-kDrive/pull/2021
#include <QObject>
#include <QTimer>
#include <set>
#include <unordered_map>
struct Sync { int dbId; };
class AppServer : public QObject {
  std::unordered_map<int, Sync> _syncs;
  bool start(int dbId);
  void stopOthers(const std::set<int> &started);

public:
  void startSyncs_bad() {
    std::set<int> startedSyncDbIds;
    for (auto &[id, sync] : _syncs)
      if (start(sync.dbId))
        startedSyncDbIds.insert(sync.dbId);
    QTimer::singleShot(1000, this, [this, &startedSyncDbIds]() { stopOthers(startedSyncDbIds); }); // warn: coro-dangling-reference
  }
  void startSyncs_ok() {
    std::set<int> startedSyncDbIds;
    for (auto &[id, sync] : _syncs)
      if (start(sync.dbId))
        startedSyncDbIds.insert(sync.dbId);
    QTimer::singleShot(1000, this, [this, startedSyncDbIds]() { stopOthers(startedSyncDbIds); });
  }
};
