#pragma once
#include <cstdlib>

namespace asio {

inline void call(void (*function)()) { function(); }

[[noreturn]] inline void fail() { std::abort(); }

inline int count(int first) {
#ifdef BROKEN
  return missing + first;
#else
  return first + 1;
#endif
}

} // namespace asio
