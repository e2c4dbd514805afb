// REQUIRES: compression-headers
// RUN: %corolint_model_check --model=%models/compression.yaml %s \
// RUN:   -- -std=c++20

#include <stdio.h>
#include <zlib.h>
#include <zstd.h>
#include <bzlib.h>
#include <lzma.h>
