// RUN: %check_corolint %s coro-lock-across-await %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/baidu/braft/issues/139
// A session is cancelled under its lock. Cancelling starts a bthread at once, on the
// worker that holds the lock, and the caller continues when some worker is free.

#include <brpc/brpc.h>
#include <mutex>
void *notify(void *call);
inline void startCancel(int *call) {
  bthread_t id;
  bthread_start_urgent(&id, nullptr, notify, call);
}
class Session {
  std::mutex mutex;
  bool finished = false;
  int call = 0;
  void onFinished();

public:
  void cancel_bad() {
    std::lock_guard lock(mutex);
    if (finished)
      return;
    startCancel(&call); // warn: coro-lock-across-await
    onFinished();
  }
  void cancel_ok() {
    {
      std::lock_guard lock(mutex);
      if (finished)
        return;
      onFinished();
    }
    startCancel(&call);
  }
};
