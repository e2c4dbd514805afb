// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20
// https://github.com/openbmc/dbus-sensors/commit/76b2bc7da5bbb32cf81333d27afa798029664cac
// The handler of a write captures the shared pointer to the written bytes by
// reference, although it should keep them. They are freed when the function
// returns.
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/write.hpp>
#include <array>
#include <cstdint>
#include <deque>
#include <iostream>
#include <memory>

using Query = std::array<uint8_t, 6>;
static std::shared_ptr<Query> encodeBasicQuery(int bus, uint8_t device, uint8_t offset) {
  auto command = std::make_shared<Query>();
  (*command)[0] = static_cast<uint8_t>(bus);
  (*command)[4] = device;
  (*command)[5] = offset;
  return command;
}
struct NVMeSensor { int bus; };

class NVMeBasicContext {
  boost::asio::posix::stream_descriptor reqStream;
  std::deque<std::shared_ptr<NVMeSensor>> sensors;

public:
  explicit NVMeBasicContext(boost::asio::io_context &io) : reqStream(io) {}

  void readAndProcessNVMeSensor_bad() {
    if (sensors.empty())
      return;
    auto command = encodeBasicQuery(sensors.front()->bus, 0x6a, 0x00);
    boost::asio::async_write(reqStream, boost::asio::buffer(command->data(), command->size()),
                             [&command](boost::system::error_code ec, std::size_t) { // warn: coro-dangling-reference
                               if (ec)
                                 std::cerr << "Got error writing " << command->size() << " bytes: " << ec << "\n";
                             });
  }
  void readAndProcessNVMeSensor_ok() {
    if (sensors.empty())
      return;
    auto command = encodeBasicQuery(sensors.front()->bus, 0x6a, 0x00);
    boost::asio::async_write(reqStream, boost::asio::buffer(command->data(), command->size()),
                             [command](boost::system::error_code ec, std::size_t) {
                               if (ec)
                                 std::cerr << "Got error writing " << command->size() << " bytes: " << ec << "\n";
                             });
  }
};
