#ifndef HEADER_H
#define HEADER_H

#include "coro.h"

COROLINT_BLOCKING int block_in_header();

inline coro::task<> in_header() {
  block_in_header();
  co_return;
}

template <typename T> coro::task<> template_in_header(T) {
  block_in_header();
  co_return;
}

inline int through_header() { return block_in_header(); }

#define BLOCK_IN_HEADER() block_in_header()

#endif
