// RUN: %check_corolint %s coro-never-suspends %t
// Forms of coroutines and of their calls.

#include "tasks.h"
#include <optional>
#include <tuple>
using namespace coro;

struct point {
  int x, y;
};
int count;

task<point> aggregate_bad() { co_return {1, 2}; } // warn: coro-never-suspends
task<int &> reference_bad() { co_return count; } // warn: coro-never-suspends
task<std::string> moved_bad(std::string s) { co_return std::move(s); } // warn: coro-never-suspends
task<std::optional<int>> optional_bad() { co_return std::nullopt; } // warn: coro-never-suspends
task<> throws_bad(bool b) { // warn: coro-never-suspends
  if (b)
    throw 1;
  co_return;
}
task<> changes_bad() { // warn: coro-never-suspends
  ++count;
  co_return;
}
task<int> recursive_work(int n) { // warn: coro-never-suspends
  int m = n > 1 ? n - 1 : 1;
  co_return m;
}
task<int> default_argument_bad(int n = 3) { co_return n; } // warn: coro-never-suspends
task<int> noexcept_bad() noexcept { co_return 1; } // warn: coro-never-suspends
[[nodiscard]] task<int> attribute_bad() { co_return 1; } // warn: coro-never-suspends
inline task<int> inline_bad() { co_return 1; } // warn: coro-never-suspends
namespace {
task<int> anonymous_bad() { co_return 1; } // warn: coro-never-suspends
}
task<int> overloaded_bad(int n) { co_return n; } // warn: coro-never-suspends
task<int> overloaded_bad(point p) { // warn: coro-never-suspends
  co_return p.x;
}
task<int> in_lambda_bad() { co_return 1; } // warn: coro-never-suspends
task<int> nested_operand_bad(int n) { co_return n; } // warn: coro-never-suspends
task<int> twice_bad() { co_return 1; } // warn: coro-never-suspends
task<bool> in_loop_bad(int n) { co_return n < 3; } // warn: coro-never-suspends
task<int> discards_bad() { co_return 1; } // warn: coro-never-suspends
struct account {
  int total = 0;
  task<int> get_bad() const & { co_return total; } // warn: coro-never-suspends
  static task<account> make_bad(int n) { co_return account{n}; } // warn: coro-never-suspends
  task<int> sum_bad(const account &other) const { // warn: coro-never-suspends
    co_return total + other.total;
  }
};
class hidden {
  task<int> private_bad() { co_return 1; } // warn: coro-never-suspends
public:
  task<> run() {
    co_await async_op();
    use(co_await private_bad());
  }
};
task<int> local_class_bad() { // warn: coro-never-suspends
  struct inner {
    task<> run() { co_await async_op(); }
  };
  co_return sizeof(inner);
}
task<int> only_declares_bad() { // warn: coro-never-suspends
  task<> later();
  co_return 1;
}

// This configuration leaves out the await.
task<int> configured_ok(int n) {
#ifdef ELSEWHERE
  co_await async_op();
#endif
  co_return n;
}
task<int> mentions_bad(int n) { // warn: coro-never-suspends
  // co_await async_op();
  use("co_await");
  co_return n;
}

task<int> awaits_in_try_ok() {
  try {
    co_await async_op();
  } catch (...) {
  }
  co_return 1;
}
task<int> awaits_in_loop_ok(int n) {
  while (n-- > 0)
    co_await async_op();
  co_return n;
}
task<> awaits_in_return_ok() { co_return co_await async_op(); }
task<int> awaits_discarded_branch_ok() {
  if constexpr (sizeof(int) == 4)
    co_await async_op();
  co_return 1;
}
task<int> in_array_ok() { co_return 1; }
task<int> (*table[])() = {in_array_ok};
task<int> bound_ok(int n) { co_return n; }
std::function<task<int>(int)> bound = bound_ok;
task<int> kept_in_member_ok() { co_return 1; }
struct keeper {
  task<int> kept = kept_in_member_ok();
};
task<int> in_tuple_ok() { co_return 1; }
task<> makes_tuple() {
  auto both = std::make_tuple(in_tuple_ok());
  co_await async_op();
}
void detach(task<int>);
task<int> detached_ok() { co_return 1; }
void detaches() { detach(detached_ok()); }
task<int> chosen_ok() { co_return 1; }
task<int> elsewhere();
task<> chooses(bool b) { use(co_await (b ? chosen_ok() : elsewhere())); }
#define TASK(name) task<int> name() { co_return 1; }
TASK(from_macro_ok)
fire_and_forget forgotten_ok() { co_return; }

task<> callers(account &a, hidden &h, bool b) {
  use((co_await aggregate_bad()).x);
  use(co_await reference_bad());
  use(co_await moved_bad("x"));
  use((co_await optional_bad()).value_or(1));
  co_await throws_bad(b);
  co_await changes_bad();
  use(co_await recursive_work(3));
  use(co_await default_argument_bad());
  use(co_await noexcept_bad());
  use(co_await attribute_bad());
  use(co_await inline_bad());
  use(co_await anonymous_bad());
  use(co_await overloaded_bad(1));
  use(co_await overloaded_bad(point{1, 2}));
  co_await []() -> task<> { use(co_await in_lambda_bad()); }();
  use(co_await nested_operand_bad(co_await twice_bad()));
  use(co_await twice_bad());
  for (int i = 0; co_await in_loop_bad(i); ++i)
    co_await discards_bad();
  use(co_await a.get_bad());
  use((co_await account::make_bad(1)).total);
  use(co_await a.sum_bad(a));
  co_await h.run();
  use(co_await local_class_bad());
  use(co_await configured_ok(1));
  use(co_await mentions_bad(1));
  use(co_await only_declares_bad());
  use(co_await from_macro_ok());
  forgotten_ok();
}
