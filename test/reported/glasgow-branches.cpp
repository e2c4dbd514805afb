// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/ciaranm/glasgow-constraint-solver/issues/599
// A generator starts when its first value is asked for: in the next statement, where the
// state that it was given is gone.
#include <coroutine>
#include <vector>
template <class T> class Generator {
public:
  struct promise_type {
    T *value = nullptr;
    Generator get_return_object() { return Generator{std::coroutine_handle<promise_type>::from_promise(*this)}; }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(T &v) noexcept { value = &v; return {}; }
    std::suspend_always yield_value(T &&v) noexcept { value = &v; return {}; }
    void unhandled_exception() {}
    void return_void() {}
  };
  struct iterator {
    std::coroutine_handle<promise_type> handle;
    T &operator*() const { return *handle.promise().value; }
    iterator &operator++() { handle.resume(); return *this; }
    bool operator==(std::nullptr_t) const { return handle.done(); }
  };
  explicit Generator(std::coroutine_handle<promise_type> h) : handle(h) {}
  Generator(Generator &&other) : handle(other.handle) { other.handle = nullptr; }
  ~Generator() { if (handle) handle.destroy(); }
  iterator begin() { handle.resume(); return {handle}; }
  std::nullptr_t end() const { return nullptr; }

private:
  std::coroutine_handle<promise_type> handle;
};

struct CurrentState {
  std::vector<int> variables;
  int domainSize(int variable) const;
};
struct State { CurrentState current() const; };
struct Guess { int variable, value; };

Generator<Guess> smallestFirst(const CurrentState &state) {
  for (int v : state.variables)
    for (int i = 0; i < state.domainSize(v); ++i)
      co_yield Guess{v, i};
}
bool tryGuess(State &state, const Guess &guess);

bool solve_bad(State &state) {
  auto branches = smallestFirst(state.current()); // warn: coro-dangling-reference
  for (auto &guess : branches)
    if (tryGuess(state, guess))
      return true;
  return false;
}
bool solve_ok(State &state) {
  auto now = state.current();
  auto branches = smallestFirst(now);
  for (auto &guess : branches)
    if (tryGuess(state, guess))
      return true;
  return false;
}
