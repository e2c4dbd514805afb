// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/ceph/ceph/pull/55684
// Values are kept alive for an asynchronous loop, whose lambda takes one of them as a copy.
// The loop's own lambda refers to the copy, which ends with the call.

#include <seastar/seastar.hh>
#include <string>
#include <utility>
#include <vector>
using seastar::future;
struct Message { std::vector<std::string> maps; };
class Maps {
  future<std::string> load(int epoch);

public:
  future<> build_bad(std::vector<int> epochs, unsigned most) {
    return seastar::do_with(std::move(epochs), Message{}, most,
        [this](std::vector<int> &epochs, Message &message, unsigned limit) {
          return seastar::parallel_for_each(epochs, [this, &message, &limit](int epoch) { // warn: coro-dangling-reference
            return load(epoch).then([&message, &limit](std::string map) {
              if (message.maps.size() < limit)
                message.maps.push_back(std::move(map));
            });
          });
        });
  }
  future<> build_ok(std::vector<int> epochs, unsigned most) {
    return seastar::do_with(std::move(epochs), Message{}, most,
        [this](std::vector<int> &epochs, Message &message, unsigned &limit) {
          return seastar::parallel_for_each(epochs, [this, &message, &limit](int epoch) {
            return load(epoch).then([&message, &limit](std::string map) {
              if (message.maps.size() < limit)
                message.maps.push_back(std::move(map));
            });
          });
        });
  }
};
