// REQUIRES: ldap-headers
// RUN: %corolint_model_check --model=%models/ldap.yaml %s -- -std=c++20

#include <ldap.h>
