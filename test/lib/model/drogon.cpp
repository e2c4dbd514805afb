// RUN: %corolint_model_check --model=%models/drogon.yaml %s -- -std=c++20 -I%stubs

#include <drogon/drogon.h>
