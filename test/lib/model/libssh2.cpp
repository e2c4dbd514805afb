// REQUIRES: libssh2-headers
// RUN: %corolint_model_check --model=%models/libssh2.yaml %s -- -std=c++20

#include <libssh2.h>
#include <libssh2_sftp.h>
