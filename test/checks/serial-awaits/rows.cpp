// RUN: %check_corolint %s coro-serial-awaits %t
// Statements in a row that await independent tasks.

#include "tasks.h"
using namespace coro;

struct user {
  std::string name;
};
struct order {
  int total;
};
task<user> fetch_user(const std::string &id);
task<order> fetch_order(const std::string &id);
task<long> fetch_balance(long account);
task<bool> is_known(std::string_view id);
eager<int> start_lookup(long account);
task<> done(const user &, const order &);
void show(const user &, const order &);

task<> two_results_bad(std::string id) {
  user u = co_await fetch_user(id); // warn: coro-serial-awaits
  order o = co_await fetch_order(id);
  show(u, o);
}
task<> deduced_bad(std::string id) {
  auto u = co_await fetch_user(id); // warn: coro-serial-awaits
  auto o = co_await fetch_order(id);
  show(u, o);
}
task<> constants_bad() {
  long a = co_await fetch_balance(1); // warn: coro-serial-awaits
  long b = co_await fetch_balance(2);
  use(a + b);
}
task<> other_arguments_bad(long from, long to) {
  const long a = co_await fetch_balance(from); // warn: coro-serial-awaits
  const long b = co_await fetch_balance(to);
  use(a + b);
}
task<> three_bad(std::string id, long account) {
  auto u = co_await fetch_user(id); // warn: coro-serial-awaits
  auto o = co_await fetch_order(id);
  long b = co_await fetch_balance(account);
  show(u, o);
  use(b);
}
task<> eager_bad(long a, long b) {
  int x = co_await start_lookup(a); // warn: coro-serial-awaits
  int y = co_await start_lookup(b);
  use(x + y);
}
task<> lazy_variables_bad(std::string id) {
  auto first = fetch_user(id);
  auto second = fetch_order(id);
  user u = co_await first; // warn: coro-serial-awaits
  order o = co_await second;
  show(u, o);
}
task<> moved_variables_bad(std::string id) {
  auto first = fetch_user(id);
  auto second = fetch_order(id);
  user u = co_await std::move(first); // warn: coro-serial-awaits
  order o = co_await std::move(second);
  show(u, o);
}
task<long> last_in_return_bad(long a, long b) {
  long first = co_await fetch_balance(a); // warn: coro-serial-awaits
  co_return first + co_await fetch_balance(b);
}
task<> last_in_call_bad(std::string id) {
  user u = co_await fetch_user(id); // warn: coro-serial-awaits
  show(u, co_await fetch_order(id));
}
task<> after_dependent_bad(std::string id) {
  user u = co_await fetch_user(id);
  user other = co_await fetch_user(u.name); // warn: coro-serial-awaits
  order o = co_await fetch_order(u.name);
  show(other, o);
}
task<> in_branch_bad(bool b, std::string id) {
  if (b) {
    user u = co_await fetch_user(id); // warn: coro-serial-awaits
    order o = co_await fetch_order(id);
    show(u, o);
  }
}
task<> in_loop_body_bad(std::vector<std::string> ids) {
  for (const std::string &id : ids) {
    user u = co_await fetch_user(id); // warn: coro-serial-awaits
    order o = co_await fetch_order(id);
    show(u, o);
  }
}
task<> lambda_bad(std::string id) {
  co_await [](std::string id) -> task<> {
    user u = co_await fetch_user(id); // warn: coro-serial-awaits
    order o = co_await fetch_order(id);
    show(u, o);
  }(id);
}
template <typename T> task<> instantiated_bad(T account) {
  long a = co_await fetch_balance(account); // warn: coro-serial-awaits
  long b = co_await fetch_balance(account + 1);
  use(a + b);
}
template task<> instantiated_bad<int>(int);
template task<> instantiated_bad<long>(long);

// Bodies that can be seen.
struct cache {
  std::vector<user> users;
  std::vector<order> orders;
  std::string origin;
  int hits = 0;
  bool valid = false;
  user *latest = nullptr;

  task<> load_users() { users.push_back(co_await fetch_user(origin)); }
  task<> load_orders() { orders.push_back(co_await fetch_order(origin)); }
  task<> disjoint_members_bad() {
    co_await load_users(); // warn: coro-serial-awaits
    co_await load_orders();
  }
  task<user> find_user() const { co_return co_await fetch_user(origin); }
  task<order> find_order() const { co_return co_await fetch_order(origin); }
  task<> both_read_bad() {
    user u = co_await find_user(); // warn: coro-serial-awaits
    order o = co_await find_order();
    show(u, o);
  }
  task<> validate() {
    valid = co_await is_known(origin);
  }
  task<> count() { hits += (co_await fetch_order(origin)).total; }
  task<> flag_and_number_bad() {
    co_await validate(); // warn: coro-serial-awaits
    co_await count();
  }
};
task<> two_objects_bad(std::string id) {
  cache left, right;
  left.origin = id;
  co_await left.load_users(); // warn: coro-serial-awaits
  co_await right.load_users();
  show(left.users[0], right.orders[0]);
}
struct store {
  task<user> get(const std::string &key) const;
  task<user> take(const std::string &key);
};
task<> const_method_bad(const store &s) {
  user a = co_await s.get("a"); // warn: coro-serial-awaits
  user b = co_await s.get("b");
  use(a.name == b.name);
}
task<> two_stores_bad(store &s, store &t) {
  user a = co_await s.take("a"); // warn: coro-serial-awaits
  user b = co_await t.take("a");
  use(a.name == b.name);
}
task<> out_parameters(user &u, const std::string &id) {
  u = co_await fetch_user(id);
}
task<> results_by_reference_bad(std::string id) {
  user a, b;
  co_await out_parameters(a, id); // warn: coro-serial-awaits
  co_await out_parameters(b, id + "x");
  use(a.name == b.name);
}

// One after another for a reason.
task<> result_needed_ok(std::string id) {
  user u = co_await fetch_user(id);
  order o = co_await fetch_order(u.name);
  show(u, o);
}
task<> result_needed_by_third_ok(std::string id) {
  user u = co_await fetch_user(id);
  long b = co_await fetch_balance(static_cast<long>(u.name.size()));
  order o = co_await fetch_order(u.name + std::to_string(b));
  show(u, o);
}
task<> test_between_ok(std::string id) {
  bool known = co_await is_known(id);
  if (!known)
    co_return;
  user u = co_await fetch_user(id);
  use(u.name);
}
task<> statement_between_ok(std::string id) {
  user u = co_await fetch_user(id);
  use(u.name);
  order o = co_await fetch_order(id);
  show(u, o);
}
task<> in_condition_ok(std::string id) {
  if (co_await is_known(id) && co_await is_known(id + "x"))
    use(1);
}
task<> choice_ok(bool b) {
  long a = b ? co_await fetch_balance(1) : 0;
  long c = b ? co_await fetch_balance(2) : 0;
  use(a + c);
}
task<> asked_twice_ok(std::string id) {
  user a = co_await fetch_user(id);
  user b = co_await fetch_user(id);
  use(a.name == b.name);
}
task<long> next_number();
task<> nothing_shown_ok() {
  long a = co_await next_number();
  bool b = co_await is_known("x");
  use(a + b);
}
task<> already_started_ok(long a, long b) {
  auto first = start_lookup(a);
  auto second = start_lookup(b);
  int x = co_await first;
  int y = co_await second;
  use(x + y);
}
task<> no_result_ok(std::string id) {
  co_await done({}, {});
  co_await done({id}, {});
}
task<> result_dropped_ok(std::string id) {
  co_await fetch_user(id);
  co_await fetch_order(id);
}
task<> one_dropped_ok(std::string id) {
  (void)co_await is_known(id);
  user u = co_await fetch_user(id);
  use(u.name);
}
task<> only_one_ok(std::string id) {
  user u = co_await fetch_user(id);
  use(u.name);
}
void show_all(const user &, const order &, const order &);
task<> overlapped_ok(std::string id);
