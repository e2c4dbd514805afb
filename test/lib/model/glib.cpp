// REQUIRES: glib-headers
// RUN: %corolint_model_check --model=%models/glib.yaml %s -- -std=c++20 \
// RUN:   %glib_flags

#include <glib.h>
#include <gio/gio.h>
