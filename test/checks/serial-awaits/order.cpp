// RUN: %check_corolint %s coro-serial-awaits %t
// What two tasks share, so that their order matters.

#include "tasks.h"
#include <memory>
using namespace coro;

task<long> fetch(long key);
task<std::string> text(const std::string &name);

struct connection {
  task<long> send(long);
  task<long> receive(long);
};
task<long> read_header(int descriptor);
task<long> read_body(int descriptor);
task<long> query(connection &, long);
task<long> query_shared(std::shared_ptr<connection>, long);
task<long> query_pointer(connection *, long);
task<> sleep_for(long ms);

task<> same_object_ok(connection &c) {
  long a = co_await c.send(1);
  long b = co_await c.receive(2);
  use(a + b);
}
task<> same_reference_ok(connection &c) {
  long a = co_await query(c, 1);
  long b = co_await query(c, 2);
  use(a + b);
}
task<> same_owner_ok(std::shared_ptr<connection> c) {
  long a = co_await query_shared(c, 1);
  long b = co_await query_shared(c, 2);
  use(a + b);
}
task<> same_pointer_ok(connection *c) {
  long a = co_await query_pointer(c, 1);
  long b = co_await query_pointer(c, 2);
  use(a + b);
}
task<> through_pointer_ok(connection *c) {
  long a = co_await c->send(1);
  long b = co_await c->receive(2);
  use(a + b);
}
task<> same_descriptor_ok(int fd) {
  long a = co_await read_header(fd);
  long b = co_await read_body(fd);
  use(a + b);
}
task<> two_connections_bad(connection &in, connection &out) {
  long a = co_await in.receive(1); // warn: coro-serial-awaits
  long b = co_await out.send(2);
  use(a + b);
}
task<> two_descriptors_bad(int in, int out) {
  long a = co_await read_header(in); // warn: coro-serial-awaits
  long b = co_await read_header(out);
  use(a + b);
}
struct handle {
  std::shared_ptr<connection> shared;
};
task<long> query_handle(handle, long);
task<> same_handle_ok(handle h) {
  long a = co_await query_handle(h, 1);
  long b = co_await query_handle(h, 2);
  use(a + b);
}

struct session {
  connection wire;
  std::shared_ptr<connection> other;
  async_mutex mutex;
  long total = 0;
  long limit = 0;
  int descriptor = 0;
  std::string name;

  task<long> login() { co_return co_await wire.send(1); }
  task<long> list() { co_return co_await wire.send(2); }
  task<> same_member_ok() {
    long a = co_await login();
    long b = co_await list();
    use(a + b);
  }
  task<long> over_other() { co_return co_await other->send(3); }
  task<> other_member_bad() {
    long a = co_await login(); // warn: coro-serial-awaits
    long b = co_await over_other();
    use(a + b);
  }
  task<> add(long key) { total += co_await fetch(key); }
  task<> both_write_ok() {
    co_await add(1);
    co_await add(2);
  }
  task<> load_limit() { limit = co_await fetch(0); }
  task<> add_limited() { total = limit + co_await fetch(1); }
  task<> write_then_read_ok() {
    co_await load_limit();
    co_await add_limited();
  }
  task<> read_then_write_ok() {
    co_await add_limited();
    co_await load_limit();
  }
  task<> argument_changed_ok() {
    co_await load_limit();
    long a = co_await fetch(limit);
    use(a);
  }
  task<> locked_add(long key) {
    auto held = co_await mutex.lock();
    total = co_await fetch(key);
  }
  task<> locked_name() {
    auto held = co_await mutex.lock();
    name = co_await text("name");
  }
  task<> same_lock_ok() {
    co_await locked_add(1);
    co_await locked_name();
  }
  task<long> head() { co_return co_await read_header(descriptor); }
  task<long> body() { co_return co_await read_body(descriptor); }
  task<> member_descriptor_ok() {
    long a = co_await head();
    long b = co_await body();
    use(a + b);
  }
  task<long> unseen_a(long);
  task<long> unseen_b(long);
  task<> unseen_members_ok() {
    long a = co_await unseen_a(1);
    long b = co_await unseen_b(2);
    use(a + b);
  }
  task<long> calls_unseen() { co_return co_await unseen_a(1) + 1; }
  task<long> calls_other() { co_return co_await unseen_b(2) + 1; }
  task<> unseen_within_ok() {
    long a = co_await calls_unseen();
    long b = co_await calls_other();
    use(a + b);
  }
  virtual task<long> hook(long) { co_return co_await fetch(1); }
  task<> virtual_ok() {
    long a = co_await hook(1);
    long b = co_await hook(2);
    use(a + b);
  }
  void reset() { total = 0; }
  task<> reset_first_ok() {
    co_await (reset(), load_limit());
    co_await add(1);
  }
  void bump();
  task<> stores(long key) {
    total = co_await fetch(key);
    bump();
  }
  task<> names() { name = co_await text("x"); }
  task<> unseen_effect_ok() {
    co_await stores(1);
    co_await names();
  }
};

long global_count;
task<> count_up() { global_count += co_await fetch(1); }
task<long> counted() { co_return global_count + co_await fetch(2); }
task<> same_global_ok() {
  co_await count_up();
  long a = co_await counted();
  use(a);
}

// What an awaiter or a closure refers to.
struct read_awaiter {
  connection &wire;
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<>);
  long await_resume();
};
task<long> first_line(connection &c) { co_return co_await read_awaiter{c}; }
task<long> second_line(connection &c) { co_return co_await read_awaiter{c} + 1; }
task<> awaiter_refers_ok(connection &c) {
  long a = co_await first_line(c);
  long b = co_await second_line(c);
  use(a + b);
}
inline read_awaiter line_of(connection &c) { return {c}; }
task<long> third_line(connection &c) { co_return co_await line_of(c); }
task<long> fourth_line(connection &c) { co_return co_await line_of(c) + 1; }
task<> factory_refers_ok(connection &c) {
  long a = co_await third_line(c);
  long b = co_await fourth_line(c);
  use(a + b);
}
async_awaiter<long> call_back(std::function<void()>);
task<long> written(connection &c, long key) {
  co_return co_await call_back([&c, key] { (void)c.send(key); });
}
task<> closure_refers_ok(connection &c) {
  long a = co_await written(c, 1);
  long b = co_await written(c, 2);
  use(a + b);
}

// Time, order and place.
task<> timers_ok() {
  co_await sleep_for(10);
  co_await sleep_for(20);
}
task<> timer_and_result_ok() {
  co_await sleep_for(10);
  long a = co_await fetch(1);
  use(a);
}
task<> yields_ok() {
  co_await resume_elsewhere();
  long a = co_await fetch(1);
  use(a);
}
task<> awaiters_ok() {
  co_await async_op();
  co_await async_op();
}
COROLINT_RESUMES_ALLOW_BLOCKING hop to_pool();
task<long> on_pool(long key) {
  co_await to_pool();
  co_return co_await fetch(key);
}
task<> hops_within_ok() {
  long a = co_await on_pool(1);
  long b = co_await on_pool(2);
  use(a + b);
}
task<async_mutex::guard> guard_of(async_mutex &);
task<> guard_ok(async_mutex &m) {
  auto held = co_await guard_of(m);
  long a = co_await fetch(1);
  use(a);
}
task<buffer> acquire(long);
task<> resource_ok() {
  buffer held = co_await acquire(1);
  long a = co_await fetch(1);
  use(a);
}
task<long> ready(long key) { co_return key; }
task<> no_suspension_ok() {
  long a = co_await ready(1);
  long b = co_await ready(2);
  use(a + b);
}
task<long> never_waits(long key) {
  co_await never();
  co_return key;
}
task<> cannot_suspend_ok() {
  long a = co_await never_waits(1);
  long b = co_await never_waits(2);
  use(a + b);
}
task<> with_callable(std::function<void()>);
task<long> visit(std::function<void()>);
task<> callables_ok(int &n) {
  long a = co_await visit([&] { ++n; });
  long b = co_await visit([&] { n *= 2; });
  use(a + b);
}
long next_key();
task<> operands_ok() {
  long a = co_await fetch(next_key());
  long b = co_await fetch(next_key());
  use(a + b);
}
task<long> timed(task<long>, long ms);
task<> wrapped_ok() {
  long a = co_await timed(fetch(1), 10);
  long b = co_await timed(fetch(2), 10);
  use(a + b);
}
#define FETCH(key) co_await fetch(key)
task<> macro_ok() {
  long a = FETCH(1);
  long b = FETCH(2);
  use(a + b);
}
task<> nolint_ok() {
  long a = co_await fetch(1); // NOLINT(coro-serial-awaits)
  long b = co_await fetch(2);
  use(a + b);
}
