// RUN: %check_corolint %s coro-* %t -std=c++20 -- \
// RUN:   -config='{CheckOptions: {CoroModels: "%S/Inputs/patterns.yaml"}}'
// Names with wildcards in a model file.

#include "coro.h"
using namespace coro;

namespace win {
namespace ui {
struct button {
  template <typename F> void on_click(F) {}
  void close();
  struct label {
    void wait_shown();
  };
};
void wait_idle();
} // namespace ui
void wait_all();
void weight();
struct window {
  explicit window(void (*handler)());
};
} // namespace win

namespace net {
struct socket {
  void close();
  struct option {
    void close();
  };
};
void close();
} // namespace net

void hold_all();
namespace a::b {
void hold_all();
struct c {
  static void hold_all();
};
} // namespace a::b
void hold_none();

task<> anyDepth(win::ui::button &b, win::ui::button::label &l) {
  win::wait_all(); // warn: coro-blocking-call
  win::ui::wait_idle(); // warn: coro-blocking-call
  l.wait_shown(); // warn: coro-blocking-call
  win::weight();
  b.close();
  co_return;
}

task<> oneComponent(net::socket &s, net::socket::option &o) {
  s.close(); // warn: coro-blocking-call
  o.close();
  net::close();
  co_return;
}

task<> anyScope() {
  hold_all(); // warn: coro-blocking-call
  a::b::hold_all(); // warn: coro-blocking-call
  a::b::c::hold_all(); // warn: coro-blocking-call
  hold_none();
  co_return;
}

// Every method of a namespace, and every constructor, that takes a callable.
void attach(win::ui::button &b) {
  b.on_click([] {
    hold_all(); // warn: coro-blocking-call
  });
  b.on_click([] { hold_none(); });
  win::window w([] {
    hold_all(); // warn: coro-blocking-call
  });
}
