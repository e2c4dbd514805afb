// REQUIRES: capnproto-headers
// RUN: %corolint_model_check --model=%models/capnproto.yaml %s \
// RUN:   -- -std=c++17
// Cap'n Proto 0.9 does not compile as C++20.

#include <capnp/capability.h>
#include <kj/async.h>
#include <kj/async-io.h>
#include <kj/mutex.h>
#include <kj/thread.h>
#include <kj/vector.h>
