// REQUIRES: asio-files-headers
// RUN: %corolint_model_check --model=%models/asio-files.yaml --within=asio %s \
// RUN:   -- -std=c++20 \
// RUN:   -DASIO_HAS_CO_AWAIT -DASIO_HAS_STD_COROUTINE -DASIO_HAS_IO_URING \
// RUN:   -DASIO_DISABLE_EPOLL

#include <asio.hpp>
#include <liburing.h>
