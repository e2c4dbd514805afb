// RUN: %corolint_model_check --model=%models/libfork.yaml %s -- -std=c++20 -I%stubs

#include <libfork/libfork.h>
