// RUN: %corolint_model_check --model=%models/boost-process.yaml %s \
// RUN:   -- -std=c++20

#include <utility>
#include <boost/process.hpp>
