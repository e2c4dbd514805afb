// RUN: %corolint_model_check --model=%models/toomanycooks.yaml %s -- -std=c++20 -I%stubs

#include <toomanycooks/toomanycooks.h>
