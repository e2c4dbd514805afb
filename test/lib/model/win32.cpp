// RUN: %corolint_model_check --model=%models/win32.yaml %s -- -std=c++20 -I%stubs

#include <win32/windows.h>
