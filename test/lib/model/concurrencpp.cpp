// RUN: %corolint_model_check --model=%models/concurrencpp.yaml %s -- -std=c++20 -I%stubs

#include <concurrencpp/concurrencpp.h>
