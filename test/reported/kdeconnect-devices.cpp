// RUN: %check_corolint %s coro-sync-over-async %t -std=c++20 -- -- \
// RUN:   %qt_flags
// https://github.com/KDE/kdeconnect-kde/commit/abd78ef70d0101dfbfb52581adf41ccf701baed0
// A plugin that adds devices to a file manager's context menu asks a daemon for them, and waits for the reply on the
// thread of the GUI.
#include <QAction>
#include <QDBusAbstractInterface>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QMenu>
#include <QStringList>
#include <QWidget>
struct Daemon : QDBusAbstractInterface {
  QDBusPendingReply<QStringList> devices() { return asyncCall(QStringLiteral("devices"), true, true); }
};
class Plugin : public QObject {
public:
  QList<QAction *> actions(Daemon *daemon, QMenu *menu) {
    QList<QAction *> result;
    QDBusPendingReply<QStringList> reply = daemon->devices();
    reply.waitForFinished();
    for (const QString &id : reply.value())
      result += new QAction(id, menu);
    return result;
  }
  void fill(Daemon *daemon, QMenu *menu) {
    auto *watcher = new QDBusPendingCallWatcher(daemon->devices(), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, menu, [menu](QDBusPendingCallWatcher *finished) {
      QDBusPendingReply<QStringList> reply = *finished;
      finished->deleteLater();
      for (const QString &id : reply.value())
        menu->addAction(new QAction(id, menu));
    });
  }
};
void connect_bad(QWidget *view, QMenu *menu, Plugin *plugin, Daemon *daemon) {
  QObject::connect(view, &QWidget::customContextMenuRequested, plugin, [=](const QPoint &at) {
    menu->addActions(plugin->actions(daemon, menu)); // warn: coro-sync-over-async
    menu->popup(view->mapToGlobal(at));
  });
}
void connect_ok(QWidget *view, QMenu *menu, Plugin *plugin, Daemon *daemon) {
  QObject::connect(view, &QWidget::customContextMenuRequested, plugin, [=](const QPoint &at) {
    plugin->fill(daemon, menu);
    menu->popup(view->mapToGlobal(at));
  });
}
