// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   %qt_flags
// https://github.com/FreeCAD/FreeCAD/pull/24745
// The constructor of a dialog connects signals to lambdas that capture everything by
// reference, among it a local lambda. The signals are emitted after the constructor.

#include <QDoubleSpinBox>
#include <QWidget>
struct Light { double azimuth, elevation; };
class LightSources : public QWidget {
  QDoubleSpinBox *azimuth = new QDoubleSpinBox(this);
  QDoubleSpinBox *elevation = new QDoubleSpinBox(this);
  Light light{};
  void preview(const Light &);

public:
  explicit LightSources(int) {
    const auto update_bad = [this] { preview(light); };
    connect(azimuth, &QDoubleSpinBox::valueChanged, this, [&](double value) { // warn: coro-dangling-reference
      light.azimuth = value;
      update_bad();
    });
    connect(elevation, &QDoubleSpinBox::valueChanged, this, [&](double value) { // warn: coro-dangling-reference
      light.elevation = value;
      update_bad();
    });
  }
  explicit LightSources(QWidget *parent) : QWidget(parent) {
    const auto update_ok = [this] { preview(light); };
    connect(azimuth, &QDoubleSpinBox::valueChanged, this, [this, update_ok](double value) {
      light.azimuth = value;
      update_ok();
    });
  }
};
