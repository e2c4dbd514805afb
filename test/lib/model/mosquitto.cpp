// REQUIRES: mosquitto-headers
// RUN: %corolint_model_check --model=%models/mosquitto.yaml %s \
// RUN:   -- -std=c++20

#include <mosquitto.h>
