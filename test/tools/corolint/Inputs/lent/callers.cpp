#include "api.h"
#include <vector>

Lazy reference_bad() {
  std::string s = "x";
  return lazyByReference(s);
}
Lazy temporary_bad() { return lazyByReference("x"); }
Lazy view_bad() {
  std::string s = "x";
  return lazyByView(s);
}
Lazy pointer_bad() {
  int n = 0;
  return lazyByPointer(&n);
}
Lazy moved_bad() {
  std::string s = "x";
  return lazyMoved(std::move(s));
}
void stored_bad() {
  Lazy t = lazyByReference(std::string("x"));
  use("y");
  (void)t.await_ready();
}
void eager_bad() { eagerLate("x"); }
Lazy wrapped_bad() {
  std::string s = "x";
  return wrapper(s);
}
void handed_on_bad() { handsOn("x"); }
Lazy object_bad() {
  Server s;
  return s.run();
}
Lazy temporary_object_bad() { return Server().run(); }

Lazy awaited_ok() {
  std::string s = "x";
  co_await lazyByReference(s);
  co_await lazyByView("x");
}
Lazy value_ok() {
  std::string s = "x";
  return lazyByValue(s);
}
Lazy unused_ok() {
  std::string s = "x";
  return lazyUnused(s);
}
void early_ok() { eagerEarly("x"); }
void copied_ok() { eagerCopies("x"); }
Lazy parameter_ok(const std::string &s) { return lazyByReference(s); }
Lazy static_ok() {
  static std::string s = "x";
  return lazyByReference(s);
}
Lazy kept_ok() {
  std::string s = "x";
  return kept(s);
}
Lazy undefined_ok() {
  std::string s = "x";
  return undefined(s);
}
Lazy idle_ok() {
  Server s;
  return s.idle();
}
Lazy static_method_ok() {
  Server s;
  return s.detached(1);
}
Lazy overridden_ok(Server &given) {
  Server &s = given;
  return s.hook();
}
Lazy suppressed_ok() {
  std::string s = "x";
  return lazyByReference(s); // NOLINT(coro-dangling-reference)
}
