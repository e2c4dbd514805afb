// RUN: %corolint_model_check --model=%models/boost-mysql.yaml %s \
// RUN:   -- -std=c++20 -I%stubs -DBOOST_ASIO_HAS_CO_AWAIT \
// RUN:   -DBOOST_ASIO_HAS_STD_COROUTINE

#include <boost-mysql/boost-mysql.h>
