// RUN: %corolint_model_check --model=%models/yaml-cpp.yaml %s -- -std=c++20 -I%stubs

#include <yaml-cpp/yaml.h>
