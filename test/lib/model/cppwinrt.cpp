// RUN: %corolint_model_check --model=%models/cppwinrt.yaml %s -- -std=c++20 -I%stubs

#include <cppwinrt/winrt.h>
