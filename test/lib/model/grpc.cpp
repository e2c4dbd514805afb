// REQUIRES: grpc-headers
// RUN: %corolint_model_check --model=%models/grpc.yaml %s -- -std=c++20

#include <grpcpp/alarm.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/support/client_callback.h>
#include <grpcpp/impl/client_unary_call.h>
#include <grpcpp/support/sync_stream.h>
#include <grpc/grpc.h>
