// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// gRPC: synchronous calls, and the reactions of the callback API.

#include "coro.h"
#include <grpc/grpcpp.h>
using namespace coro;

COROLINT_BLOCKING int block();
struct Ask {};
struct Answer {};

/// What the generator writes for a service with one method.
class Stub {
public:
  grpc::Status Find(grpc::ClientContext *context, const Ask &ask, Answer *answer) {
    return grpc::internal::BlockingUnaryCall(channel, method, context, ask, answer);
  }

private:
  grpc::ChannelInterface *channel;
  grpc::internal::RpcMethod method;
};

task<> unary_bad(Stub &stub, grpc::ClientContext &context, Answer &answer) {
  stub.Find(&context, Ask(), &answer); // warn: coro-blocking-call
  co_return;
}
task<> stream_bad(grpc::ClientReader<Answer> &reader, Answer &answer) {
  while (reader.Read(&answer)) // warn: coro-blocking-call
    co_await async_op();
}
task<> queue_bad(grpc::CompletionQueue &queue, void *tag, bool ok) {
  queue.Next(&tag, &ok); // warn: coro-blocking-call
  co_return;
}
void serve_ok(grpc::Server &server) { server.Wait(); }

struct Call : grpc::ClientUnaryReactor {
  void OnDone(const grpc::Status &) override {
    block(); // warn: coro-blocking-call
  }
  void OnReadInitialMetadataDone(bool) override {
    block(); // warn: coro-blocking-call
  }
  void start_ok() { block(); }
};
struct Stream : grpc::ClientReadReactor<Answer> {
  void OnReadDone(bool) override {
    block(); // warn: coro-blocking-call
  }
};
struct Service {
  grpc::ServerUnaryReactor *Find_bad(grpc::CallbackServerContext *, const Ask *, Answer *) {
    block(); // warn: coro-blocking-call
    return nullptr;
  }
  grpc::ServerUnaryReactor *make_ok() {
    block();
    return nullptr;
  }
};
