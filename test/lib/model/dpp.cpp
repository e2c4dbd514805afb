// RUN: %corolint_model_check --model=%models/dpp.yaml %s -- -std=c++20 -I%stubs

#include <dpp/dpp.h>
