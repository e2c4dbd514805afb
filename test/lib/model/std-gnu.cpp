// RUN: %corolint_model_check --model=%models/std-gnu.yaml %s -- -std=c++20

#include <cxxabi.h>
#include <string>
