// REQUIRES: dbus-headers
// RUN: %corolint_model_check --model=%models/dbus.yaml %s -- -std=c++20 \
// RUN:   %dbus_flags

#include <dbus/dbus.h>
