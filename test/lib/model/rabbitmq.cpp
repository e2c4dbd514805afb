// REQUIRES: rabbitmq-headers
// RUN: %corolint_model_check --model=%models/rabbitmq.yaml %s -- -std=c++20

#include <amqp.h>
#include <amqp_tcp_socket.h>
