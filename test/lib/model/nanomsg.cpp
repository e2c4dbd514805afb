// REQUIRES: nanomsg-headers
// RUN: %corolint_model_check --model=%models/nanomsg.yaml %s -- -std=c++20

#include <nanomsg/nn.h>
