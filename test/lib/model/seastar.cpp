// RUN: %corolint_model_check --model=%models/seastar.yaml %s -- -std=c++20 -I%stubs

#include <seastar/seastar.hh>
