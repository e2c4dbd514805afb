// RUN: %corolint_model_check --model=%models/boost-cobalt.yaml %s -- -std=c++20 -I%stubs

#include <boost-cobalt/boost-cobalt.h>
