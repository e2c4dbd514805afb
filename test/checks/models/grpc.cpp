// RUN: %check_corolint %s coro-blocking-call,coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// gRPC: synchronous calls, and the reactions of the callback API.

#include "coro.h"
#include <future>
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

// The callback API of stubs, as the generator declares it.
class Found {
public:
  class StubInterface {
  public:
    virtual ~StubInterface();
    class async_interface {
    public:
      virtual ~async_interface();
      virtual void Find(grpc::ClientContext *, const Ask *, Answer *,
                        std::function<void(grpc::Status)>) = 0;
      virtual void List(grpc::ClientContext *, const Ask *,
                        grpc::ClientReadReactor<Answer> *) = 0;
    };
    virtual async_interface *async();
  };
  class Stub final : public StubInterface {
  public:
    class async final : public StubInterface::async_interface {
    public:
      void Find(grpc::ClientContext *, const Ask *, Answer *,
                std::function<void(grpc::Status)>) override;
      void List(grpc::ClientContext *, const Ask *,
                grpc::ClientReadReactor<Answer> *) override;
    };
    class async *async() override;
  };
};
struct Pending {
  grpc::ClientContext context;
  Ask ask;
  Answer answer;
};

void callback_bad(Found::Stub &stub, Pending &call) {
  stub.async()->Find(&call.context, &call.ask, &call.answer, [](grpc::Status) {
    block(); // warn: coro-blocking-call
  });
}
void mocked_callback_bad(Found::StubInterface &stub, Pending &call) {
  stub.async()->Find(&call.context, &call.ask, &call.answer, [](grpc::Status) {
    block(); // warn: coro-blocking-call
  });
}
void callback_ok(Found::Stub &stub, Pending &call, bool &done) {
  block();
  stub.async()->Find(&call.context, &call.ask, &call.answer,
                     [&done](grpc::Status) { done = true; });
}
void alarm_bad(grpc::Alarm &alarm) {
  alarm.Set(1, [](bool) { block(); }); // warn: coro-blocking-call
}
void alarm_ok(grpc::Alarm &alarm, grpc::CompletionQueue &queue) {
  alarm.Set(&queue, 1, nullptr);
}

// What the library uses until it calls back.
void context_bad(Found::Stub &stub, Pending &call) {
  grpc::ClientContext context;
  stub.async()->Find(&context, &call.ask, &call.answer, [](grpc::Status) {}); // warn: coro-dangling-reference
}
void answer_bad(Found::StubInterface &stub, Pending &call) {
  Answer answer;
  stub.async()->Find(&call.context, &call.ask, &answer, [](grpc::Status) {}); // warn: coro-dangling-reference
}
void waits_ok(Found::Stub &stub, Pending &call) {
  grpc::ClientContext context;
  std::promise<void> done;
  stub.async()->Find(&context, &call.ask, &call.answer,
                     [&done](grpc::Status) { done.set_value(); });
  done.get_future().wait();
}
void owned_ok(Found::Stub &stub, Pending *call) {
  stub.async()->Find(&call->context, &call->ask, &call->answer,
                     [call](grpc::Status) { delete call; });
}
struct Reader : grpc::ClientReadReactor<Answer> {
  Answer kept;
  void next_bad() {
    Answer answer;
    StartRead(&answer); // warn: coro-dangling-reference
  }
  void next_ok() { StartRead(&kept); }
};
void stream_bad(Found::Stub &stub, Pending &call) {
  Reader reader;
  stub.async()->List(&call.context, &call.ask, &reader); // warn: coro-dangling-reference
}
void stream_ok(Found::Stub &stub, Pending &call) {
  auto *reader = new Reader();
  stub.async()->List(&call.context, &call.ask, reader);
  reader->StartCall();
}
struct Writer : grpc::ServerWriteReactor<Answer> {
  Answer kept;
  void OnWriteDone(bool) override {
    Answer answer;
    StartWrite(&answer); // warn: coro-dangling-reference
  }
  void again_ok() { StartWrite(&kept); }
};
task<> state_bad(grpc::ChannelInterface &channel) {
  channel.WaitForStateChange(0, 1); // warn: coro-blocking-call
  co_return;
}
