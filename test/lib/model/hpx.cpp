// RUN: %corolint_model_check --model=%models/hpx.yaml %s -- -std=c++20 -I%stubs

#include <hpx/hpx.hpp>
