// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/cppalliance/capy/pull/278
// The free functions bound the buffer sequence by reference; the lazy task can be kept
// longer than the sequence that was made in the call.
#include <coroutine.h>
#include <array>
#include <cstddef>
#include <vector>
namespace capy {
template <class T = void> struct [[nodiscard]] io_task {
  using promise_type = stub::Promise<io_task<T>, T>;
  io_task(io_task &&);
  ~io_task();
  stub::Awaitable<T> operator co_await() &&;
};
struct mutable_buffer {
  mutable_buffer(void *data, std::size_t size);
  std::size_t size() const;
  void *data() const;
};
template <class Stream, class Buffers> io_task<std::size_t> read(Stream &stream, const Buffers &buffers) {
  std::size_t total = 0;
  for (const mutable_buffer &b : buffers)
    total += co_await stream.read_some(b);
  co_return total;
}
template <class Stream, class Buffers> io_task<std::size_t> readByValue(Stream &stream, Buffers buffers) {
  std::size_t total = 0;
  for (const mutable_buffer &b : buffers)
    total += co_await stream.read_some(b);
  co_return total;
}
} // namespace capy
struct Socket { stub::Awaitable<std::size_t> read_some(capy::mutable_buffer b); };
using Two = std::array<capy::mutable_buffer, 2>;

capy::io_task<> reported_bad(Socket &s, char *a, char *b) {
  auto op = capy::read(s, Two{{{a, 4}, {b, 4}}}); // warn: coro-dangling-reference
  co_await std::move(op);
}
capy::io_task<std::size_t> returned_bad(Socket &s, std::vector<capy::mutable_buffer> buffers) {
  return capy::read(s, buffers); // warn: coro-dangling-reference
}
capy::io_task<> mended_ok(Socket &s, char *a, char *b) {
  auto op = capy::readByValue(s, Two{{{a, 4}, {b, 4}}});
  co_await std::move(op);
}
capy::io_task<> awaited_ok(Socket &s, char *a, char *b) { co_await capy::read(s, Two{{{a, 4}, {b, 4}}}); }
