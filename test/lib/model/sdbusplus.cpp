// RUN: %corolint_model_check --model=%models/sdbusplus.yaml %s -- -std=c++20 -I%stubs

#include <sdbusplus/sdbusplus.h>
