// RUN: %corolint_model_check --model=%models/boost-mysql.yaml %s -- -std=c++20 -I%stubs

#include <boost-mysql/boost-mysql.h>
