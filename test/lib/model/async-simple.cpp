// RUN: %corolint_model_check --model=%models/async-simple.yaml %s -- -std=c++20 -I%stubs

#include <async-simple/async-simple.h>
