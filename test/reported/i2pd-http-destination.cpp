// RUN: %check_corolint %s coro-blocking-call %t -std=c++20
// https://github.com/PurpleI2P/i2pd/commit/e96ffd41894f2ece8f694b57c922b61d698f228a
// The HTTP server's handler requests a destination's lease set and sleeps for
// ten seconds on the thread that serves all connections.
#include <asio.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <unordered_map>
#include <utility>

struct LeaseSet { bool valid; };
class NetDb {
  std::unordered_map<std::string, std::shared_ptr<LeaseSet>> leases;
public:
  std::shared_ptr<LeaseSet> find(const std::string &ident) const {
    auto it = leases.find(ident);
    return it == leases.end() ? nullptr : it->second;
  }
  void request(const std::string &ident);
};

class HTTPConnection : public std::enable_shared_from_this<HTTPConnection> {
  asio::ip::tcp::socket m_Socket;
  asio::steady_timer m_Timer;
  NetDb &m_NetDb;
  char m_Buffer[8192];

  void send_reply(std::string text, int status);
  void send_to(std::shared_ptr<LeaseSet> remote);
  std::string requested(std::size_t length) const { return std::string(m_Buffer, length); }

  void SendToDestination_bad(const std::string &ident) {
    auto leaseSet = m_NetDb.find(ident);
    if (!leaseSet || !leaseSet->valid) {
      m_NetDb.request(ident);
      std::this_thread::sleep_for(std::chrono::seconds(10));
      leaseSet = m_NetDb.find(ident);
      if (!leaseSet || !leaseSet->valid)
        return send_reply("LeaseSet not found", 504);
    }
    send_to(leaseSet);
  }
  void SendToDestination_ok(std::string ident) {
    auto leaseSet = m_NetDb.find(ident);
    if (leaseSet && leaseSet->valid)
      return send_to(leaseSet);
    m_NetDb.request(ident);
    m_Timer.expires_after(std::chrono::seconds(10));
    m_Timer.async_wait([self = shared_from_this(), ident](asio::error_code ec) {
      if (ec)
        return;
      auto found = self->m_NetDb.find(ident);
      if (found && found->valid)
        self->send_to(found);
      else
        self->send_reply("LeaseSet not found", 504);
    });
  }

public:
  HTTPConnection(asio::ip::tcp::socket s, NetDb &db) : m_Socket(std::move(s)), m_Timer(m_Socket.get_executor()), m_NetDb(db) {}
  void receive_bad() {
    m_Socket.async_read_some(asio::buffer(m_Buffer), [self = shared_from_this()](asio::error_code ec, std::size_t length) {
      if (!ec)
        self->SendToDestination_bad(self->requested(length)); // warn: coro-blocking-call
    });
  }
  void receive_ok() {
    m_Socket.async_read_some(asio::buffer(m_Buffer), [self = shared_from_this()](asio::error_code ec, std::size_t length) {
      if (!ec)
        self->SendToDestination_ok(self->requested(length));
    });
  }
};
