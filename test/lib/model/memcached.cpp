// REQUIRES: memcached-headers
// RUN: %corolint_model_check --model=%models/memcached.yaml %s \
// RUN:   -- -std=c++20

#include <libmemcached/memcached.h>
