// RUN: %corolint_model_check --model=%models/state-threads.yaml %s -- -std=c++20 -I%stubs

#include <state-threads/st.h>
