// REQUIRES: zeromq-headers
// RUN: %corolint_model_check --model=%models/zeromq.yaml %s -- -std=c++20

#include <zmq.h>
#include <zmq.hpp>
