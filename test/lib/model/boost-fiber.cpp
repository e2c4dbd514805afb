// RUN: %corolint_model_check --model=%models/boost-fiber.yaml %s \
// RUN:   -- -std=c++20

#include <boost/fiber/all.hpp>
#include <boost/context/fiber.hpp>
#include <boost/context/continuation.hpp>
#include <boost/coroutine2/all.hpp>
