// RUN: %corolint_model_check --model=%models/stdexec.yaml %s -- -std=c++20 -I%stubs

#include <stdexec/stdexec.h>
