// RUN: %corolint_model_check --model=%models/liburing-2.yaml %s -- -std=c++20 -I%stubs

#include <liburing/liburing.h>
