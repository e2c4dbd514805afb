// REQUIRES: passwords-headers
// RUN: %corolint_model_check --model=%models/passwords.yaml %s \
// RUN:   -- -std=c++20

#include <sodium.h>
#include <argon2.h>
#include <security/pam_appl.h>
