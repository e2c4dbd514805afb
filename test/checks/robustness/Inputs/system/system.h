#ifndef SYSTEM_H
#define SYSTEM_H

#include "coro.h"

COROLINT_BLOCKING int block_in_system();

inline coro::task<> in_system() {
  block_in_system();
  co_return;
}

template <typename T> coro::task<> template_in_system(T) {
  block_in_system();
  co_return;
}

inline int through_system() { return block_in_system(); }

template <typename F> int apply_in_system(F f) { return f(); }

template <typename F> coro::task<> co_apply_in_system(F f) {
  f();
  co_return;
}

#define BLOCK_IN_SYSTEM() block_in_system()

#endif
