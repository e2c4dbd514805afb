// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   %qt_flags
// https://github.com/overte-org/overte/issues/2302
// Signals of a script engine are handled by lambdas that refer to a local shared pointer.

#include <QObject>
#include <QTimer>
#include <memory>
struct Entity { void leave(int id); };
class Renderer : public QObject {
public:
  void setup_bad(QTimer *engine, std::weak_ptr<Entity> weak) {
    std::shared_ptr<Entity> entity = weak.lock();
    if (!entity)
      return;
    connect(engine, &QTimer::timeout, this, [&entity] { entity->leave(1); }); // warn: coro-dangling-reference
  }
  void setup_ok(QTimer *engine, std::weak_ptr<Entity> weak) {
    connect(engine, &QTimer::timeout, this, [weak] {
      if (auto entity = weak.lock())
        entity->leave(1);
    });
  }
};
