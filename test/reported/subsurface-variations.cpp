// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   %qt_flags
// https://github.com/subsurface/subsurface/pull/4311
// Variations of a plan are computed in the background; the lambda refers to the
// plan, which the function owns.

#include <QObject>
#include <QtConcurrent/QtConcurrentRun>
#include <memory>
struct deco_state { double tissue[16]; };
struct diveplan { int segments; };
class DivePlannerPointsModel : public QObject {
  int instances = 0;
  void computeVariations(std::unique_ptr<diveplan> plan, const deco_state *ds);
  deco_state saved;

public:
  void createTemporaryPlan_bad() {
    auto plan_copy = std::make_unique<diveplan>();
    if (++instances > 1) {
      (void)QtConcurrent::run([this, &plan_copy] { // warn: coro-dangling-reference
        computeVariations(std::move(plan_copy), &saved);
      });
    }
  }
  void createTemporaryPlan_ok() {
    auto plan_copy = std::make_unique<diveplan>();
    if (++instances > 1) {
      (void)QtConcurrent::run([this, plan = plan_copy.release()] {
        computeVariations(std::unique_ptr<diveplan>(plan), &saved);
      });
    }
  }
};
