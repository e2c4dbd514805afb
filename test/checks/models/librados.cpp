// RUN: %check_corolint %s \
// RUN:   coro-blocking-call,coro-dangling-reference,coro-sync-over-async %t \
// RUN:   -std=c++20 -- -- -isystem %source/test/model-headers/stubs
// librados: what waits for the cluster, and where it calls back.

#include "coro.h"
#include <librados/librados.hpp>
using namespace coro;
using namespace librados;

COROLINT_BLOCKING int block();

task<> blocks_bad(Rados &cluster, IoCtx &pool, bufferlist &data) {
  cluster.connect(); // warn: coro-blocking-call
  pool.read("a", data, 8, 0); // warn: coro-blocking-call
  pool.write_full("a", data); // warn: coro-blocking-call
  co_return;
}
task<> waits_bad(IoCtx &pool, AioCompletion *done) {
  done->wait_for_complete(); // warn: coro-sync-over-async
  pool.aio_flush(); // warn: coro-sync-over-async
  co_return;
}
task<> complete_ok(AioCompletion *done) {
  if (done->is_complete())
    done->wait_for_complete();
  co_return;
}

void finished_bad(completion_t, void *) {
  block(); // warn: coro-blocking-call
}
void unused_ok(completion_t, void *) { block(); }
AioCompletion *creates() { return Rados::aio_create_completion(nullptr, finished_bad); }
struct Watcher : WatchCtx2 {
  void handle_notify(std::uint64_t, std::uint64_t, std::uint64_t, bufferlist &) override {
    block(); // warn: coro-blocking-call
  }
  void handle_error(std::uint64_t, int) override {}
};

void answer_bad(IoCtx &pool, AioCompletion *done) {
  bufferlist data;
  pool.aio_read("a", done, &data, 8, 0); // warn: coro-dangling-reference
}
void answer_ok(IoCtx &pool, AioCompletion *done, bufferlist *data) {
  pool.aio_read("a", done, data, 8, 0);
}
void waited_ok(IoCtx &pool, AioCompletion *done) {
  bufferlist data;
  pool.aio_read("a", done, &data, 8, 0);
  done->wait_for_complete();
}
