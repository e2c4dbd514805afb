// RUN: %check_corolint %s coro-dangling-reference %t
// Objects that are reached through smart pointers, and who else owns them.

#include "tasks.h"
#include <memory>
#include <optional>
using namespace coro;

struct session : std::enable_shared_from_this<session> {
  int id = 0;
  eager<> run() {
    co_await async_op();
    use(id);
  }
  eager<> run_kept() {
    auto self = shared_from_this();
    co_await async_op();
    use(id);
  }
  eager<> run_kept_derived();
  eager<> run_kept_late() {
    co_await async_op();
    auto self = shared_from_this();
    use(id);
  }
  eager<> run_kept_in_part(bool b) {
    if (b) {
      auto self = shared_from_this();
      use(self->id);
    }
    co_await async_op();
    use(id);
  }
  task<> run_lazy() {
    auto self = shared_from_this();
    co_await async_op();
    use(id);
  }
};
std::shared_ptr<session> find_session();
std::unique_ptr<session> make_unique_session();
std::vector<std::shared_ptr<session>> sessions;
void spawn(task<>);

// It keeps itself, from its start on.
void keeps_itself_ok() {
  auto s = std::make_shared<session>();
  (void)s->run_kept();
}
void keeps_itself_temporary_ok() { std::make_shared<session>()->run_kept(); }
void keeps_itself_late_bad() {
  auto s = std::make_shared<session>();
  (void)s->run_kept_late(); // warn: coro-dangling-reference
}
void keeps_itself_in_part_bad() {
  auto s = std::make_shared<session>();
  (void)s->run_kept_in_part(true); // warn: coro-dangling-reference
}
task<> lazy_bad() {
  auto s = std::make_shared<session>();
  return s->run_lazy(); // warn: coro-dangling-reference
}

// The only owner ends first.
void only_owner_bad() {
  auto s = std::make_shared<session>();
  (void)s->run(); // warn: coro-dangling-reference
}
void only_owner_set_up_bad() {
  auto s = std::make_shared<session>();
  s->id = 3;
  (void)s->run(); // warn: coro-dangling-reference
}
void temporary_owner_bad() {
  std::make_shared<session>()->run(); // warn: coro-dangling-reference
}
void unique_bad() {
  auto s = std::make_unique<session>();
  (void)s->run(); // warn: coro-dangling-reference
}
void unique_from_elsewhere_bad() {
  auto s = make_unique_session();
  (void)s->run(); // warn: coro-dangling-reference
}
void optional_bad() {
  std::optional<session> s;
  s.emplace();
  (void)s->run(); // warn: coro-dangling-reference
}

// Others have copies.
void copied_elsewhere_ok() {
  auto s = std::make_shared<session>();
  sessions.push_back(s);
  (void)s->run();
}
void copied_by_lambda_ok(std::vector<std::function<void()>> &later) {
  auto s = std::make_shared<session>();
  later.push_back([s] { use(s->id); });
  (void)s->run();
}
void from_elsewhere_ok() {
  auto s = find_session();
  (void)s->run();
}
void temporary_from_elsewhere_ok() { find_session()->run(); }
eager<> returned_from_elsewhere_ok() {
  auto s = find_session();
  return s->run();
}
void copy_of_element_ok() {
  auto s = sessions.front();
  (void)s->run();
}
void parameter_ok(std::shared_ptr<session> s) { (void)s->run(); }

// A pointer that is moved leaves its object in place.
template <typename T> T &&give(T &t) { return static_cast<T &&>(t); }
struct job {
  std::unique_ptr<buffer> owner;
  eager<> work;
};
struct big {
  char bytes[64];
  ~big();
};
eager<> reads_later(const buffer &b) {
  co_await async_op();
  use(b);
}
eager<> reads_big_later(const big &b) {
  co_await async_op();
  use(b.bytes[0]);
}
job moves_pointer_ok(std::unique_ptr<buffer> owner) {
  auto work = reads_later(*owner);
  return job{give(owner), give(work)};
}
eager<> keeps_pointer_bad(std::unique_ptr<buffer> owner) {
  return reads_later(*owner); // warn: coro-dangling-reference
}
// An optional that is moved moves its object.
struct optional_job {
  std::optional<big> owner;
  eager<> work;
};
optional_job moves_optional_bad(std::optional<big> owner) {
  auto work = reads_big_later(*owner); // warn: coro-dangling-reference
  return optional_job{give(owner), give(work)};
}
