// RUN: %check_corolint %s coro-sync-over-async %t -std=c++20
// https://github.com/mavlink/MAVSDK/commit/2a4d7da1387875f1811466591ba9505042bbcbaa
// A plugin's deinitialisation removes its handlers on the I/O thread and waits
// for that. On a disconnect it runs on the I/O thread itself.
#include <asio/io_context.hpp>
#include <asio/post.hpp>
#include <asio/steady_timer.hpp>
#include <algorithm>
#include <chrono>
#include <functional>
#include <future>
#include <utility>
#include <vector>

struct Entry { int msg_id; const void *cookie; std::function<void(int)> callback; };

class MavlinkMessageHandler {
  asio::io_context &_io_context;
  std::vector<Entry> _table;
  void erase_from_table(const void *cookie) {
    _table.erase(std::remove_if(_table.begin(), _table.end(), [&](const Entry &e) { return e.cookie == cookie; }), _table.end());
  }

public:
  explicit MavlinkMessageHandler(asio::io_context &io) : _io_context(io) {}
  asio::io_context &io() { return _io_context; }
  void unregister_all_blocking_bad(const void *cookie) {
    std::promise<void> done;
    asio::post(_io_context, [this, cookie, &done] {
      erase_from_table(cookie);
      done.set_value();
    });
    done.get_future().wait();
  }
  void unregister_all_blocking_ok(const void *cookie) {
    if (_io_context.get_executor().running_in_this_thread()) {
      erase_from_table(cookie);
      return;
    }
    std::promise<void> done;
    asio::post(_io_context, [this, cookie, &done] {
      erase_from_table(cookie);
      done.set_value();
    });
    done.get_future().wait();
  }
};

class Telemetry {
  MavlinkMessageHandler &_handler;
  asio::steady_timer _heartbeat_timeout;

public:
  explicit Telemetry(MavlinkMessageHandler &handler) : _handler(handler), _heartbeat_timeout(handler.io()) {}
  ~Telemetry() { _handler.unregister_all_blocking_ok(this); }

  void watch_bad() {
    _heartbeat_timeout.expires_after(std::chrono::seconds(3));
    _heartbeat_timeout.async_wait([this](asio::error_code ec) {
      if (!ec)
        _handler.unregister_all_blocking_bad(this); // warn: coro-sync-over-async
    });
  }
  void watch_ok() {
    _heartbeat_timeout.expires_after(std::chrono::seconds(3));
    _heartbeat_timeout.async_wait([this](asio::error_code ec) {
      if (!ec)
        _handler.unregister_all_blocking_ok(this);
    });
  }
};
