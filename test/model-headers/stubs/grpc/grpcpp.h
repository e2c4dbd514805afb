// gRPC 1.51, as far as test/checks/models/grpc.cpp uses it.
#ifndef COROLINT_STUB_GRPC_H
#define COROLINT_STUB_GRPC_H

#include <functional>

namespace grpc {
class Status {};
class ClientContext {};
class CallbackServerContext {};
class ChannelInterface {
public:
  template <typename T> bool WaitForConnected(T deadline);
  template <typename T> bool WaitForStateChange(int last, T deadline);
};
class CompletionQueue {
public:
  bool Next(void **tag, bool *ok);
};

template <typename R> class ClientReader {
public:
  bool Read(R *message);
  Status Finish();
};

class ClientUnaryReactor {
public:
  virtual ~ClientUnaryReactor();
  virtual void OnDone(const Status &) = 0;
  virtual void OnReadInitialMetadataDone(bool);
};
template <typename R> class ClientReadReactor {
public:
  virtual ~ClientReadReactor();
  virtual void OnDone(const Status &);
  virtual void OnReadDone(bool);
  void StartCall();
  void StartRead(R *message);
};
class ServerUnaryReactor {
public:
  virtual ~ServerUnaryReactor();
  virtual void OnDone() = 0;
  virtual void OnCancel();
  void Finish(Status);
};

template <typename W> class ServerWriteReactor {
public:
  virtual ~ServerWriteReactor();
  virtual void OnDone() = 0;
  virtual void OnWriteDone(bool);
  void StartWrite(const W *message);
};

class Alarm {
public:
  template <typename T> void Set(const T &deadline, std::function<void(bool)>);
  template <typename T> void Set(CompletionQueue *, const T &deadline, void *);
};

class Server {
public:
  void Wait();
};

namespace internal {
class RpcMethod {};
template <typename In, typename Out>
Status BlockingUnaryCall(ChannelInterface *, const RpcMethod &, ClientContext *,
                         const In &, Out *);
} // namespace internal
} // namespace grpc

#endif // COROLINT_STUB_GRPC_H
