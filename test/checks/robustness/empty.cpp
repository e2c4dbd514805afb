// RUN: %check_corolint %s coro-* %t -std=c++17,c++20,c++23
// RUN: rm -f %t.empty.cpp && touch %t.empty.cpp
// RUN: %clang_tidy --checks=-*,coro-* --config={} %t.empty.cpp -- -std=c++20
// Nothing to say about nothing.
