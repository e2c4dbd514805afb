// RUN: %check_corolint %s coro-early-release %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/redpanda-data/redpanda/pull/14432
// A channel enters its gate, queues a message and returns the future of the answer. It
// has left the gate by then, so that stopping does not wait for the exchange.

#include <deque>
#include <seastar/seastar.hh>
#include <utility>
using seastar::future;
struct Message {
  int request;
  seastar::promise<int> response;
};
class Channel {
  seastar::gate gate;
  std::deque<Message> messages;
  seastar::condition_variable newMessages;

public:
  future<int> exchange_bad(int request) {
    auto holder = gate.hold();
    Message message{request, {}};
    auto answer = message.response.get_future();
    messages.push_back(std::move(message));
    newMessages.signal();
    return answer; // warn: coro-early-release
  }
  future<int> exchange_ok(int request) {
    auto holder = gate.hold();
    Message message{request, {}};
    auto answer = message.response.get_future();
    messages.push_back(std::move(message));
    newMessages.signal();
    co_return co_await std::move(answer);
  }
  future<> stop() { return gate.close(); }
};
