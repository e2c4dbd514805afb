// RUN: %corolint_model_check --model=%models/folly.yaml %s -- -std=c++20 -I%stubs

#include <folly/folly.h>
