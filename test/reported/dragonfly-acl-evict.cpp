// RUN: %check_corolint %s coro-no-yield-region %t -std=c++20
// https://github.com/dragonflydb/dragonfly/pull/5525
// The connections of a thread are traversed in an atomic section. Shutting one
// down flushes its TLS buffer, which suspends the fiber in the traversal.
#include <corolint/annotations.h>

#include <boost/fiber/fiber.hpp>
#include <boost/fiber/operations.hpp>
#include <list>
#include <memory>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>


class TlsSocket {
  std::string pending_;
  bool open_ = true;
  bool try_flush();
public:
  void Shutdown() {
    if (!pending_.empty() && !try_flush())
      boost::this_fiber::yield();
    open_ = false;
  }
};
class Connection {
  TlsSocket socket_;
  std::string user_;
public:
  const std::string &user() const { return user_; }
  void ShutdownSelfBlocking() { socket_.Shutdown(); }
};

class Listener {
  std::list<std::shared_ptr<Connection>> connections_;
public:
  template <typename F> void TraverseConnections(F visit COROLINT_NO_YIELD) {
    for (auto &c : connections_)
      visit(c);
  }
  void add(std::shared_ptr<Connection> c) { connections_.push_back(std::move(c)); }
};

void evict_bad(Listener &listener, const std::unordered_set<std::string> &users) {
  listener.TraverseConnections([&users](std::shared_ptr<Connection> &c) COROLINT_NO_YIELD {
    if (users.count(c->user()))
      c->ShutdownSelfBlocking(); // warn: coro-no-yield-region
  });
}
void evict_ok(Listener &listener, const std::unordered_set<std::string> &users) {
  std::vector<std::shared_ptr<Connection>> found;
  listener.TraverseConnections([&users, &found](std::shared_ptr<Connection> &c) COROLINT_NO_YIELD {
    if (users.count(c->user()))
      found.push_back(c);
  });
  for (auto &c : found)
    c->ShutdownSelfBlocking();
}
void serve(Listener &listener, std::unordered_set<std::string> users) {
  boost::fibers::fiber([&listener, users] { evict_bad(listener, users); }).detach();
  boost::fibers::fiber([&listener, users] { evict_ok(listener, users); }).detach();
}
