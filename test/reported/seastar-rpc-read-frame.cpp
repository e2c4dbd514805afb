// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/scylladb/seastar/commit/71de851eb418efb808429bf6212850e746fc1810
// A frame is read in continuations that log the peer's address through a
// reference parameter. Some callers pass a value of their stack.
#include <seastar/seastar.hh>
#include <cstdint>
#include <optional>
#include <string>
using seastar::future;

struct socket_address { std::uint32_t ip; std::uint16_t port; };
struct input_stream { future<std::string> read_exactly(std::size_t n); };
void log_eof(const socket_address &info, std::size_t expected, std::size_t got);

struct request_frame {
  static constexpr std::size_t header_size() { return 28; }
  using return_type = std::optional<std::string>;
};

class connection {
  input_stream _in;
  socket_address _peer{};

  template <typename FrameType> future<typename FrameType::return_type> read_frame_bad(const socket_address &info, input_stream &in) {
    auto header_size = FrameType::header_size();
    return in.read_exactly(header_size).then([header_size, &info](std::string header) -> typename FrameType::return_type {
      if (header.size() != header_size) {
        log_eof(info, header_size, header.size());
        return std::nullopt;
      }
      return header;
    });
  }
  template <typename FrameType> future<typename FrameType::return_type> read_frame_ok(socket_address info, input_stream &in) {
    auto header_size = FrameType::header_size();
    return in.read_exactly(header_size).then([header_size, info](std::string header) -> typename FrameType::return_type {
      if (header.size() != header_size) {
        log_eof(info, header_size, header.size());
        return std::nullopt;
      }
      return header;
    });
  }
  socket_address peer_address() const { return _peer; }

public:
  future<std::optional<std::string>> receive_bad() {
    return read_frame_bad<request_frame>(peer_address(), _in); // warn: coro-dangling-reference
  }
  future<std::optional<std::string>> receive_ok() { return read_frame_ok<request_frame>(peer_address(), _in); }
  future<std::optional<std::string>> receive_member_ok() { return read_frame_bad<request_frame>(_peer, _in); }
};
