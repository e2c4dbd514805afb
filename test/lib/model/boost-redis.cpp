// RUN: %corolint_model_check --model=%models/boost-redis.yaml %s -- -std=c++20 -I%stubs

#include <boost-redis/boost-redis.h>
