// REQUIRES: capnproto-headers
// RUN: %corolint_model_check --model=%models/capnproto.yaml %s \
// RUN:   -- -std=c++20

#include <kj/async.h>
#include <kj/async-io.h>
#include <kj/mutex.h>
#include <kj/vector.h>
