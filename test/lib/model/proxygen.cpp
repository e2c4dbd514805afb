// RUN: %corolint_model_check --model=%models/proxygen.yaml %s -- -std=c++20 -I%stubs

#include <proxygen/proxygen.h>
