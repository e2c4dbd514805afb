// RUN: %corolint_model_check --model=%models/ppl.yaml %s -- -std=c++20 -I%stubs

#include <ppl/ppl.h>
