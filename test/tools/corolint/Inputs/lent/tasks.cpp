#include "api.h"

Lazy lazyByReference(const std::string &s) {
  co_await Wait();
  use(s);
}
Lazy lazyByView(std::string_view s) {
  use(s);
  co_await Wait();
}
Lazy lazyByPointer(int *n) {
  co_await Wait();
  ++*n;
}
Lazy lazyByValue(std::string s) {
  co_await Wait();
  use(s);
}
Lazy lazyUnused(const std::string &) { co_await Wait(); }
Lazy lazyMoved(std::string &&s) {
  co_await Wait();
  use(s);
}
Eager eagerLate(const std::string &s) {
  co_await Wait();
  use(s);
}
Eager eagerEarly(const std::string &s) {
  use(s);
  co_await Wait();
}
Eager eagerCopies(const std::string &s) {
  std::string own = s;
  co_await Wait();
  use(own);
}
Lazy wrapper(const std::string &s) { return third(s); }
Eager handsOn(const std::string &s) { co_await thirdEager(s); }
Lazy kept(const std::string &s) {
  co_await Wait();
  use(s);
}

Lazy Server::run() {
  co_await Wait();
  use(name);
}
Lazy Server::idle() { co_await Wait(); }
Lazy Server::detached(int n) {
  co_await Wait();
  ++n;
}
Lazy Server::hook() {
  co_await Wait();
  use(name);
}
