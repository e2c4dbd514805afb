// RUN: %corolint_model_check --model=%models/td-actor.yaml %s -- -std=c++20 -I%stubs

#include <td-actor/td-actor.h>
