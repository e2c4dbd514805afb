// REQUIRES: systemd-headers
// RUN: %corolint_model_check --model=%models/systemd.yaml %s -- -std=c++20

#include <systemd/sd-bus.h>
#include <systemd/sd-event.h>
#include <systemd/sd-journal.h>
