// RUN: %corolint_model_check --model=%models/brpc.yaml %s -- -std=c++20 -I%stubs

#include <brpc/brpc.h>
