// RUN: %corolint_model_check --model=%models/boost-thread-2.yaml %s \
// RUN:   -- -std=c++20 \
// RUN:   -DBOOST_THREAD_PROVIDES_FUTURE_INVALID_AFTER_GET

#include <boost/thread/future.hpp>
