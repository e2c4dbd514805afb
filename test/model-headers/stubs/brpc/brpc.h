// bRPC as of 2026-08 (71871ee9), as far as lib/model/brpc.yaml names it.
#ifndef COROLINT_STUB_BRPC_H
#define COROLINT_STUB_BRPC_H

#include <cstdint>

typedef std::uint64_t bthread_t;
struct bthread_attr_t;

extern "C" {
int bthread_start_urgent(bthread_t *tid, const bthread_attr_t *attr,
                         void *(*fn)(void *), void *args);
int bthread_start_background(bthread_t *tid, const bthread_attr_t *attr,
                             void *(*fn)(void *), void *args);
int bthread_join(bthread_t bt, void **bthread_return);
int bthread_yield(void);
int bthread_usleep(std::uint64_t microseconds);
int bthread_fd_wait(int fd, unsigned events);
}

namespace bthread {
class Mutex {
public:
  void lock();
  void unlock();
  bool try_lock();
};
} // namespace bthread

namespace brpc {
struct CallId {};
void Join(CallId id);

class Channel {
public:
  void CallMethod(const void *method, void *controller, const void *request,
                  void *response, void *done);
};
} // namespace brpc

#endif // COROLINT_STUB_BRPC_H
