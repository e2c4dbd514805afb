// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- -- \
// RUN:   %qt_flags
// https://github.com/VisageDvachevsky/veil-windows-client/issues/168
// A window polls, with a sleep between, whether a service has started: neither
// paint nor mouse events are served.

#include <QPushButton>
#include <QTimer>
#include <QWidget>
#include <thread>

bool is_ready();

class Window : public QWidget {
  QPushButton start;
  void wait_for_service() {
    for (int i = 0; i < 20 && !is_ready(); ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(500));
  }

public:
  Window() {
    connect(&start, &QPushButton::clicked, this, [this] {
      wait_for_service(); // warn: coro-blocking-call
    });
    connect(&start, &QPushButton::pressed, this, &Window::poll_bad);
  }
  void poll_bad() {
    wait_for_service(); // warn: coro-blocking-call
  }
  void poll_ok() {
    if (!is_ready())
      QTimer::singleShot(500, this, [this] { poll_ok(); });
  }
  void showEvent(QShowEvent *) override {
    wait_for_service(); // warn: coro-blocking-call
  }
};
