// RUN: %corolint_model_check --model=%models/asio.yaml --within=boost::asio \
// RUN:   %s -- -std=c++20 -DBOOST_ASIO_HAS_CO_AWAIT -DBOOST_ASIO_HAS_STD_COROUTINE

#include <utility> // boost/asio.hpp of 1.74 forgets it.

#include <boost/asio.hpp>
#include <boost/asio/deadline_timer.hpp>
#include <boost/asio/spawn.hpp>
#include <boost/asio/ssl.hpp>
