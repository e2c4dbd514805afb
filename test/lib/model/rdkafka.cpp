// REQUIRES: rdkafka-headers
// RUN: %corolint_model_check --model=%models/rdkafka.yaml %s -- -std=c++20

#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafkacpp.h>
