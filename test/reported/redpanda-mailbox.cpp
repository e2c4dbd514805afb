// RUN: %check_corolint %s coro-stale-state %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/redpanda-data/redpanda/pull/29389
// A sender waits for room in a mailbox; between the predicate and its resumption another sender may take the room.
#include <cstddef>
#include <deque>
#include <seastar/seastar.hh>
#include <utility>
using seastar::future;
struct Message { int id; };
class Actor {
  std::deque<Message> m_mailbox;
  seastar::condition_variable m_room;
  bool m_aborted = false;
  bool full() const { return m_mailbox.size() >= 16; }

public:
  future<> tell_bad(Message message) {
    co_await m_room.wait([this] { return m_aborted || !full(); });
    if (m_aborted)
      co_return;
    m_mailbox.push_back(message); // warn: coro-stale-state
  }
  future<> tell_ok(Message message) {
    while (!m_aborted && full())
      co_await m_room.wait();
    if (m_aborted)
      co_return;
    m_mailbox.push_back(message);
  }
  void take() {
    m_mailbox.pop_front();
    m_room.signal();
  }
  void abort() {
    m_aborted = true;
    m_room.signal();
  }
};
