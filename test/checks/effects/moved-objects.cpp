// RUN: %check_corolint %s coro-blocking-call %t -std=c++20
// An object that was moved from has nothing left to wait for.

#include "coro.h"
#include <memory>
#include <utility>
using namespace coro;

COROLINT_BLOCKING int block();

struct connection {
  connection();
  connection(connection &&);
  ~connection() { block(); }
};
struct pinned { ~pinned() { block(); } };
void sink(std::unique_ptr<connection>);
void sink(connection &&);
void take(connection);
void take(pinned);
void drops(std::unique_ptr<connection> p) {}
void keeps(std::unique_ptr<connection> p) { sink(std::move(p)); }

task<> kept() {
  auto p = std::make_unique<connection>(); // warn: coro-blocking-call
  co_return;
}
task<> given_away() {
  auto p = std::make_unique<connection>();
  sink(std::move(p));
  connection c;
  sink(std::move(c));
  connection d;
  take(std::move(d));
  co_return;
}
task<std::unique_ptr<connection>> returned_pointer() {
  auto p = std::make_unique<connection>();
  co_return p;
}
connection make() {
  connection c;
  return c;
}
connection choose(bool b) {
  connection c, d;
  if (b)
    return c;
  return d;
}
task<> made_and_given_away() {
  auto c = make();
  sink(std::move(c));
  auto d = choose(true);
  sink(std::move(d));
  co_return;
}
task<> made_and_kept() {
  auto c = make(); // warn: coro-blocking-call
  co_return;
}

// Without a move constructor, `std::move` leaves the object as it was.
task<> cannot_be_moved() {
  pinned p; // warn: coro-blocking-call
  take(std::move(p)); // warn: coro-blocking-call
  take(pinned()); // warn: coro-blocking-call
  co_return;
}

// What an assignment replaces may be nothing.
struct session {
  std::unique_ptr<connection> c;
};
task<> assigned(session &s) {
  s.c = std::make_unique<connection>();
  co_return;
}

// An argument is the callee's.
task<> arguments() {
  sink(std::make_unique<connection>());
  keeps(std::make_unique<connection>());
  drops(std::make_unique<connection>()); // warn: coro-blocking-call
  co_return;
}
