// RUN: %corolint_model_check --model=%models/yaclib.yaml %s -- -std=c++20 -I%stubs

#include <yaclib/yaclib.h>
