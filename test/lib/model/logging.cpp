// REQUIRES: logging-headers
// RUN: %corolint_model_check --model=%models/logging.yaml %s -- -std=c++20

#include <spdlog/spdlog.h>
#include <glog/logging.h>
