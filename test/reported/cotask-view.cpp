// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/m4saka/CoTaskLib/issues/8
// An overload became a coroutine and takes a view, of the project's own
// string, of what its callers make for the call.

#include <coroutine.h>
#include <string>
#include <utility>
namespace s3d {
using String = std::u32string;
class StringView {
  const char32_t *data_ = nullptr;
  std::size_t size_ = 0;

public:
  StringView(const String &text) : data_(text.data()), size_(text.size()) {}
  const char32_t *data() const { return data_; }
  std::size_t size() const { return size_; }
};
} // namespace s3d
namespace Co {
template <class T> struct [[nodiscard]] Task {
  using promise_type = stub::Promise<Task<T>, T>;
  stub::Awaitable<T> operator co_await() &&;
  void runScoped() &&;
};
Task<int> show(s3d::String text);

inline Task<void> simple_dialog_bad(s3d::StringView text) {
  co_await show(s3d::String(text.data(), text.size()));
}
inline Task<void> simple_dialog_ok(s3d::String text) { co_await show(std::move(text)); }
} // namespace Co

void reported_bad() {
  auto task = Co::simple_dialog_bad(s3d::String(U"hello")); // warn: coro-dangling-reference
  std::move(task).runScoped();
}
void mended_ok() {
  auto task = Co::simple_dialog_ok(s3d::String(U"hello"));
  std::move(task).runScoped();
}
Co::Task<void> awaited_ok() { co_await Co::simple_dialog_bad(s3d::String(U"hello")); }
