// REQUIRES: mbedtls-headers
// RUN: %corolint_model_check --model=%models/mbedtls.yaml %s -- -std=c++20

#include <mbedtls/ssl.h>
#include <mbedtls/net_sockets.h>
