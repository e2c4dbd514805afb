// REQUIRES: thrift-headers
// RUN: %corolint_model_check --model=%models/thrift.yaml %s -- -std=c++20

#include <thrift/transport/TSocket.h>
#include <thrift/server/TServer.h>
