// RUN: %corolint_model_check --model=%models/libunifex.yaml %s -- -std=c++20 -I%stubs

#include <libunifex/libunifex.h>
