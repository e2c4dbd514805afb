// REQUIRES: gnutls-headers
// RUN: %corolint_model_check --model=%models/gnutls.yaml %s -- -std=c++20

#include <gnutls/gnutls.h>
