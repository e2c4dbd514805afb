// RUN: %corolint_model_check --model=%models/node-api.yaml %s -- -std=c++20 -I%stubs

#include <node-api/node_api.h>
