// RUN: %corolint_model_check --model=%models/userver.yaml %s -- -std=c++20 -I%stubs

#include <userver/userver.h>
