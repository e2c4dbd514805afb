// REQUIRES: openssl-headers
// RUN: %corolint_model_check --model=%models/openssl.yaml %s -- -std=c++20

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/dh.h>
#include <openssl/ssl.h>
