// The model of the standard library, with the other standard library.

// REQUIRES: libcxx
// RUN: %corolint_model_check --model=%models/std.yaml %S/std.cpp \
// RUN:   -- -std=c++20 -stdlib=libc++
