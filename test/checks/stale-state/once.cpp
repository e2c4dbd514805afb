// RUN: %check_corolint %s coro-stale-state %t
// A method that returns if it has run before assigns its members once for each
// object. Whoever has seen the value keeps it.
#include "coro.h"
#include <memory>
#include <optional>

struct Session {
  void shut();
};
coro::task<> ready();

class Client {
  std::optional<int> status;
  std::unique_ptr<Session> session;
  void start() { session = std::make_unique<Session>(); }

public:
  coro::task<int> connect() {
    if (status.has_value())
      co_return *status;
    auto finish = [this](int result) {
      status = result;
      return result;
    };
    start();
    co_await ready();
    co_return finish(1); // warn: coro-stale-state
  }
  coro::task<> shutdown_ok() {
    auto *open = session.get();
    co_await ready();
    open->shut();
  }
  coro::task<> close_ok() {
    if (session) {
      co_await ready();
      session->shut();
    }
  }
};

class Flagged {
  bool started = false;
  std::unique_ptr<Session> session;

public:
  void start() {
    if (started)
      return;
    started = true;
    session = std::make_unique<Session>();
  }
  coro::task<> shutdown_ok() {
    auto *open = session.get();
    co_await ready();
    open->shut();
  }
};

// It may connect again.
class Reusable {
  bool started = false;
  std::unique_ptr<Session> session;

public:
  void start() {
    if (started)
      return;
    started = true;
    session = std::make_unique<Session>();
  }
  void stop() { started = false; }
  coro::task<> shutdown_bad() {
    auto *open = session.get();
    co_await ready();
    open->shut(); // warn: coro-stale-state
  }
};

// Nothing sets the flag.
class Unset {
  bool disabled = false;
  std::unique_ptr<Session> session;

public:
  void start() {
    if (disabled)
      return;
    session = std::make_unique<Session>();
  }
  coro::task<> shutdown_bad() {
    auto *open = session.get();
    co_await ready();
    open->shut(); // warn: coro-stale-state
  }
};

// It runs only after the first time.
class Inverted {
  bool started = false;
  std::unique_ptr<Session> session;

public:
  void start() {
    if (!started) {
      started = true;
      return;
    }
    session = std::make_unique<Session>();
  }
  coro::task<> shutdown_bad() {
    auto *open = session.get();
    co_await ready();
    open->shut(); // warn: coro-stale-state
  }
};

// Another caller does not ask.
class TwoWays {
  bool started = false;
  std::unique_ptr<Session> session;
  void open() { session = std::make_unique<Session>(); }

public:
  void start() {
    if (started)
      return;
    started = true;
    open();
  }
  void restart() { open(); }
  coro::task<> shutdown_bad() {
    auto *open = session.get();
    co_await ready();
    open->shut(); // warn: coro-stale-state
  }
};

// The change comes before the question.
class Early {
  bool started = false;
  std::unique_ptr<Session> session;

public:
  void start() {
    session = std::make_unique<Session>();
    if (started)
      return;
    started = true;
  }
  coro::task<> shutdown_bad() {
    auto *open = session.get();
    co_await ready();
    open->shut(); // warn: coro-stale-state
  }
};

// What was absent may appear.
class Awaited {
  bool started = false;
  std::unique_ptr<Session> session;

public:
  void start() {
    if (started)
      return;
    started = true;
    session = std::make_unique<Session>();
  }
  coro::task<> create_bad() {
    if (!session) {
      co_await ready();
      session = std::make_unique<Session>(); // warn: coro-stale-state
    }
  }
};

// An endless loop is the session of its object: nobody runs two of them.
class Pinger {
  bool waiting = false;
  bool greeted = false;

public:
  coro::task<> run_ok() {
    while (true) {
      if (!waiting) {
        co_await ready();
        waiting = true;
      }
    }
  }
  coro::task<> run_forever_ok() {
    for (;;) {
      if (!greeted) {
        co_await ready();
        greeted = true;
      }
    }
  }
};
class Greeter {
  bool greeted = false;
  bool asked = false;

public:
  coro::task<> greet_bad() {
    if (!greeted) {
      co_await ready();
      greeted = true; // warn: coro-stale-state
    }
  }
  coro::task<> ask_and_serve_bad() {
    if (!asked) {
      co_await ready();
      asked = true; // warn: coro-stale-state
    }
    while (true)
      co_await ready();
  }
};
