// RUN: %corolint_model_check --model=%models/co-context.yaml %s -- -std=c++20 -I%stubs

#include <co-context/co-context.h>
