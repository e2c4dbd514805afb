// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/apple/foundationdb/pull/13188
// A function passes an id by reference to a coroutine that stops a server first. The id is a temporary of the
// statement that creates the future, and the next statement awaits it.
#include <foundationdb/foundationdb.h>
#include <map>
struct UID {
  UID(const UID &);
  ~UID();
  bool operator<(const UID &) const;
};
struct WorkerInterface {
  UID id() const;
};
class GrpcServer {
  std::map<UID, int> services;
  Future<int> stopServer();

public:
  static GrpcServer &instance();
  Future<int> deregister_bad(const UID &owner) {
    co_await stopServer();
    services.erase(owner);
    co_return 0;
  }
  Future<int> deregister_ok(UID owner) {
    co_await stopServer();
    services.erase(owner);
    co_return 0;
  }
};
Future<int> forward_bad(const UID &id) { return GrpcServer::instance().deregister_bad(id); }
Future<int> forward_ok(UID id) { return GrpcServer::instance().deregister_ok(id); }

Future<int> stop_bad(WorkerInterface worker) {
  Future<int> deregistered = forward_bad(worker.id()); // warn: coro-dangling-reference
  co_return co_await deregistered;
}
Future<int> stop_ok(WorkerInterface worker) {
  Future<int> deregistered = forward_ok(worker.id());
  co_return co_await deregistered;
}
