// RUN: %corolint_model_check --model=%models/libcoro.yaml %s -- -std=c++20 -I%stubs

#include <libcoro/libcoro.h>
