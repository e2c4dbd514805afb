// RUN: %corolint_model_check --model=%models/rclcpp.yaml %s -- -std=c++20 -I%stubs

#include <rclcpp/rclcpp.hpp>
