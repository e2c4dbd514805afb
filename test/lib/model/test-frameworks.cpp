// RUN: %corolint_model_check --model=%models/test-frameworks.yaml %s -- -std=c++20 -I%stubs

#include <test-frameworks/frameworks.h>
