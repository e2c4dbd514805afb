// REQUIRES: libcxx
// RUN: %corolint_model_check --model=%models/std-new.yaml %s \
// RUN:   -- -std=c++23 -stdlib=libc++

#include <atomic>
#include <expected>
#include <optional>
#include <print>
#include <utility>
