// RUN: %check_corolint %s coro-stale-state %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/facebookexperimental/moxygen/commit/c4b8e9b10c83a1fba8d07f5f0866b2b3ecc08fcf
// A fetch publisher forwards an update to the application's handle and replies
// through its session. Closing the stream clears the session meanwhile; the
// handle is kept, so the guard of the subscription's publisher does not apply.
#include <folly/folly.h>
#include <memory>
#include <optional>
using folly::coro::Task;

struct RequestUpdate { long id; };
struct FetchHandle { Task<bool> requestUpdate(RequestUpdate); };
class Session {
public:
  std::optional<int> getNegotiatedVersion() const { return version_; }
  void requestUpdateOk(long id);
  void requestUpdateError(long id);
  void replyToUpdate(long id, bool accepted) {
    if (version_ && *version_ >= 15)
      accepted ? requestUpdateOk(id) : requestUpdateError(id);
  }
  void fetchComplete(long id);
private:
  std::optional<int> version_;
};

class FetchPublisher {
  Session *session_;
  std::shared_ptr<FetchHandle> handle_;
  long id_;

public:
  FetchPublisher(Session *s, std::shared_ptr<FetchHandle> h, long id) : session_(s), handle_(std::move(h)), id_(id) {}
  void reset() { onStreamComplete(); }
  void onStreamComplete() {
    if (session_) {
      session_->fetchComplete(id_);
      session_ = nullptr;
    }
  }

  Task<> onRequestUpdate_bad(RequestUpdate update) {
    if (!handle_ || !session_)
      co_return;
    bool accepted = co_await handle_->requestUpdate(update);
    session_->replyToUpdate(update.id, accepted); // warn: coro-stale-state
  }
  Task<> onRequestUpdate_ok(RequestUpdate update) {
    if (!handle_ || !session_)
      co_return;
    bool accepted = co_await handle_->requestUpdate(update);
    if (!session_)
      co_return;
    session_->replyToUpdate(update.id, accepted);
  }
};
