// RUN: %corolint_model_check --model=%models/cppcoro.yaml %s -- -std=c++20 -I%stubs

#include <cppcoro/cppcoro.h>
