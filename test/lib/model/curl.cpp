// REQUIRES: curl-headers
// RUN: %corolint_model_check --model=%models/curl.yaml %s -- -std=c++20

#include <curl/curl.h>
