// sdbusplus as of 2026-08 (db6db4bc), as far as
// lib/model/sdbusplus.yaml names it.
#ifndef COROLINT_STUB_SDBUSPLUS_H
#define COROLINT_STUB_SDBUSPLUS_H

#include "../coroutine.h"
#include "../stdexec/stdexec.h"
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace sdbusplus {
using SdBusDuration = std::chrono::microseconds;
class message_t {};

class bus_t {
public:
  message_t call(message_t &,
                 std::optional<SdBusDuration> timeout = std::nullopt);
  void call_noreply(message_t &,
                    std::optional<SdBusDuration> timeout = std::nullopt);
  void
  call_noreply_noerror(message_t &,
                       std::optional<SdBusDuration> timeout = std::nullopt);
  int wait(std::uint64_t timeout_us);
  int wait(std::optional<SdBusDuration> timeout = std::nullopt);
  message_t process();
  bool process_discard();
  [[noreturn]] void process_loop();
};

struct match {
  using callback_t = std::function<void(message_t &)>;
  match(bus_t &, const std::string &rule, callback_t callback);
};

namespace async {
/// The task of stdexec.
template <typename T = void>
using task = experimental::execution::__task::basic_task<T>;

class mutex {
public:
  mutex(const std::string &name = "");
};

class lock_guard {
public:
  explicit lock_guard(mutex &);
  ~lock_guard();
  stub::Awaitable<> lock() noexcept;
  void unlock() noexcept;
};

class context {
public:
  void run();
  void spawn(task<void> &&);
  bool request_stop() noexcept;
};

stub::Awaitable<> sleep_for(context &, std::chrono::microseconds);

} // namespace async

namespace asio {
class connection : public bus_t {
public:
  template <typename F> void async_send(message_t &, F &&callback) {}
  template <typename F, typename... A>
  void async_method_call(F &&handler, const std::string &service,
                         const std::string &path, const std::string &interface,
                         const std::string &method, A const &...) {}
  template <typename F, typename... A>
  void async_method_call_timed(F &&handler, const std::string &service,
                               const std::string &path,
                               const std::string &interface,
                               const std::string &method, std::uint64_t timeout,
                               A const &...) {}
};

class dbus_interface {
public:
  template <typename F>
  bool register_method(const std::string &name, F &&handler, int flags = 0) {
    return true;
  }
  template <typename T, typename Set>
  bool register_property(const std::string &name, T const &, Set &&setter) {
    return true;
  }
  template <typename T, typename Get>
  bool register_property_r(const std::string &name, T const &, int flags,
                           Get &&getter) {
    return true;
  }
  template <typename T, typename Set, typename Get>
  bool register_property_rw(const std::string &name, T const &, int flags,
                            Set &&setter, Get &&getter) {
    return true;
  }
};

template <typename F>
void getAllProperties(connection &, const std::string &service,
                      const std::string &path, const std::string &interface,
                      F &&handler) {}
template <typename T, typename F>
void getProperty(connection &, const std::string &service,
                 const std::string &path, const std::string &interface,
                 const std::string &name, F &&handler) {}
template <typename T, typename F>
void setProperty(connection &, const std::string &service,
                 const std::string &path, const std::string &interface,
                 const std::string &name, T &&value, F &&handler) {}
} // namespace asio

} // namespace sdbusplus

#endif // COROLINT_STUB_SDBUSPLUS_H
