// REQUIRES: libssh-headers
// RUN: %corolint_model_check --model=%models/libssh.yaml %s -- -std=c++20

#include <libssh/libssh.h>
#include <libssh/sftp.h>
