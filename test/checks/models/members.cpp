// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- \
// RUN:   -config='{CheckOptions: {CoroModels: "%S/Inputs/members.yaml"}}'
// Functions that are stored in a member of a plain structure, where a library
// finds and calls them.

#include "coro.h"

COROLINT_BLOCKING int block();

namespace app {
struct base {
  int version;
};
struct callbacks {
  const char *name;
  void (*event)(int);
  void (*idle)();
  void (*job)();
  void (*other)();
  unsigned : 3;
  int (*count)();
};
void start(const callbacks *);
} // namespace app

static void on_event(int) {
  block(); // warn: coro-blocking-call
}
static void on_idle() {
  block(); // warn: coro-blocking-call
}
static void on_job() { block(); }
static void on_other() { block(); }
static void helper() {
  block();
}
static void on_event_helper(int) {
  helper(); // warn: coro-blocking-call
}

void initialized() {
  app::callbacks given = {"name", on_event, nullptr, &on_job, on_other};
  app::start(&given);
}
void designated() {
  app::callbacks given{.name = "name", .idle = &on_idle};
  app::start(&given);
}
void assigned() {
  app::callbacks given{};
  given.event = on_event_helper;
  given.job = on_job;
  given.other = on_other;
  app::start(&given);
}
void lambdas(app::callbacks *given) {
  given->event = [](int) {
    block(); // warn: coro-blocking-call
  };
  given->job = [] { block(); };
  given->other = [] { block(); };
  given->idle = nullptr;
}

/// A structure of another name.
struct own_callbacks {
  void (*event)(int);
};
static void on_own_event(int) { block(); }
void own() {
  own_callbacks given{on_own_event};
  given.event = on_own_event;
}
