// REQUIRES: libevent-headers
// RUN: %corolint_model_check --model=%models/libevent.yaml %s -- -std=c++20

#include <event2/bufferevent.h>
#include <event2/dns.h>
#include <event2/event.h>
#include <event2/event_compat.h>
#include <event2/http.h>
#include <event2/listener.h>
#include <event2/util.h>
