// RUN: %check_corolint %s coro-blocking-call %t -std=c++20
// Functions in tables and objects: called from there, where it is certain what
// lies there.

#include "coro.h"
#include <array>
#include <functional>
using namespace coro;

COROLINT_BLOCKING int block();
static void waits() { block(); }
static void ends() {}
using Handler = void (*)();

struct Entry {
  const char *name;
  Handler run;
};
struct Driver {
  Handler open, close;
};
static const Handler table[] = {ends, waits};
static const Handler harmless[] = {ends, ends, nullptr};
static const Entry named[] = {{"a", ends}, {"b", waits}};
static const Driver disk = {.open = waits, .close = ends};
static const Driver memory = {ends, ends};
static const Driver *const drivers[] = {&memory, &disk};
static constexpr std::array<Handler, 2> array{ends, waits};
static const std::function<void()> functions[] = {ends, waits};
static const Handler grid[2][2] = {{ends, ends}, {ends, waits}};
static Handler changing[] = {waits};
extern const Handler elsewhere[];

task<> tables(unsigned i) {
  table[i]();       // warn: coro-blocking-call
  (*table[i])();    // warn: coro-blocking-call
  table[1]();       // warn: coro-blocking-call
  named[i].run();   // warn: coro-blocking-call
  disk.open();      // warn: coro-blocking-call
  drivers[i]->open(); // warn: coro-blocking-call
  array[i]();       // warn: coro-blocking-call
  array.at(i)();    // warn: coro-blocking-call
  functions[i]();   // warn: coro-blocking-call
  grid[i][i]();     // warn: coro-blocking-call
  (i ? disk : memory).open(); // warn: coro-blocking-call
  auto chosen = table[i];
  chosen(); // warn: coro-blocking-call
  for (Handler each : table)
    each(); // warn: coro-blocking-call
  for (const Entry &each : named)
    each.run(); // warn: coro-blocking-call
  for (const auto &[name, run] : named)
    run(); // warn: coro-blocking-call
  for (Handler each : array)
    each(); // warn: coro-blocking-call

  harmless[i]();
  table[0]();
  disk.close();
  memory.open();
  drivers[i]->close();
  drivers[0]->open();
  grid[0][i]();
  changing[i]();
  elsewhere[i]();
  Handler other = table[i];
  other = ends;
  other();
  const Handler *place = table;
  place = harmless;
  (*place)();
  co_return;
}

// Named once more: through which table or member.
task<> messages(unsigned i) {
  table[i]();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: call through 'table' may block in coroutine 'messages' [coro-blocking-call]
  // CHECK-MESSAGES: :[[@LINE-68]]:23: note: 'waits' calls 'block' here
  disk.open();
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: call through 'open' may block in coroutine 'messages' [coro-blocking-call]
  co_return;
}

static void through(unsigned i) { table[i](); }
task<> further(unsigned i) {
  through(i); // warn: coro-blocking-call
  co_return;
}

// Members: bound to one function in all the file.
class Once {
public:
  Once() : run(waits) {}
  task<> use() {
    run(); // warn: coro-blocking-call
    co_return;
  }

private:
  Handler run;
};
struct Default {
  Handler run = waits;
};
struct Assigned {
  Handler run = nullptr;
};
struct Twice {
  Handler run = nullptr;
};
struct Given {
  Handler run;
  explicit Given(Handler h) : run(h) {}
};
struct Leaked {
  Handler run = waits;
};
struct Listed {
  int number;
  Handler run;
};
void setUp(Assigned &a, Twice &t, Leaked &l, void (*unknown)(Handler &)) {
  a.run = &waits;
  t.run = waits;
  t.run = ends;
  unknown(l.run);
  static Listed listed{1, waits};
  listed.run();
}
task<> members(Default &d, Assigned &a, Twice &t, Given &g, Leaked &k,
               Listed *l) {
  d.run();  // warn: coro-blocking-call
  a.run();  // warn: coro-blocking-call
  l->run(); // warn: coro-blocking-call
  t.run();
  g.run();
  k.run();
  co_return;
}

// Other files may bind what a header shows.
#include "stored.h"
void bind(Shown &s) { s.run = waits; }
task<> shown(Shown &s) {
  s.run();
  co_return;
}
