// REQUIRES: libgit2-headers
// RUN: %corolint_model_check --model=%models/libgit2.yaml %s -- -std=c++20

#include <git2.h>
