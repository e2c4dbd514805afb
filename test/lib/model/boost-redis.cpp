// RUN: %corolint_model_check --model=%models/boost-redis.yaml %s -- -std=c++20
// The model has patterns alone, which name nothing in particular.
