// RUN: %corolint_model_check --model=%models/asio.yaml --within=asio %s -- \
// RUN:   -std=c++20 -DASIO_HAS_CO_AWAIT -DASIO_HAS_STD_COROUTINE \
// RUN:   -DASIO_HAS_BOOST_DATE_TIME

#include <asio.hpp>
#include <asio/deadline_timer.hpp>
#include <asio/spawn.hpp>
#include <asio/ssl.hpp>
