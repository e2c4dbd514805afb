// RUN: %corolint_model_check --model=%models/uwebsockets.yaml %s -- -std=c++20 -I%stubs

#include <uwebsockets/App.h>
