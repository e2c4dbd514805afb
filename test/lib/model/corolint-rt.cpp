// RUN: %corolint_model_check --model=%models/corolint-rt.yaml %s -- -std=c++20 -I%source/include

#include <corolint/rt.h>
