// RUN: %corolint_model_check --model=%models/boost-beast.yaml %s \
// RUN:   -- -std=c++20 -DBOOST_ASIO_HAS_CO_AWAIT \
// RUN:   -DBOOST_ASIO_HAS_STD_COROUTINE

#include <utility>

#include <boost/asio.hpp>
#include <boost/beast.hpp>
