// RUN: %corolint_model_check --model=%models/boost-beast.yaml %s \
// RUN:   -- -std=c++20

#include <utility>
#include <boost/beast.hpp>
