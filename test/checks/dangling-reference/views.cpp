// RUN: %check_corolint %s coro-dangling-reference %t
// Views of a project's own, known by what their constructors keep.

#include "tasks.h"
using namespace coro;

class text_view {
  const char *Data;
  std::size_t Size;

public:
  text_view(const std::string &Text) : Data(Text.data()), Size(Text.size()) {}
  const char *data() const;
};
// It only looks at the text that it is made from.
class hash {
  const char *Name = nullptr;
  std::size_t Value;

public:
  hash(const std::string &Text) : Value(Text.size()) {}
  std::size_t value() const;
};
// It has a copy.
class text {
  std::string Copy;

public:
  text(const std::string &Text) : Copy(Text) {}
  const char *data() const;
};
// Nobody makes one by accident.
class cursor {
  const std::string *Over;

public:
  explicit cursor(const std::string &Text) : Over(&Text) {}
  const char *data() const;
};
void use(const char *);
void use(std::size_t);

task<> by_view(text_view v) { co_await async_op(); use(v.data()); }
task<> by_hash(hash h) { co_await async_op(); use(h.value()); }
task<> by_text(text t) { co_await async_op(); use(t.data()); }
task<> by_cursor(cursor c) { co_await async_op(); use(c.data()); }

task<> stored_bad() {
  auto t = by_view(std::string("x")); // warn: coro-dangling-reference
  co_await t;
}
task<> returned_bad() {
  std::string s;
  return by_view(s); // warn: coro-dangling-reference
}
task<> awaited_ok() { co_await by_view(std::string("x")); }
task<> hash_ok() {
  auto t = by_hash(std::string("x"));
  co_await t;
}
task<> copy_ok() {
  auto t = by_text(std::string("x"));
  co_await t;
}
task<> explicit_ok() {
  auto t = by_cursor(cursor(std::string("x")));
  co_await t;
}
