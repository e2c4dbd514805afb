// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/redpanda-data/redpanda/commit/202fe917b867d03c373702dc59042a2e99818afc
// The configuration is read from its file by a YAML library, on the thread of the reactor. The remedy reads the file
// asynchronously and parses the text.
#include <seastar/seastar.hh>
#include <string>
#include <yaml-cpp/yaml.h>
seastar::future<std::string> read_fully(std::string name);

struct Application {
  YAML::Node config;
  seastar::future<> start_services();

  seastar::future<> start_bad() {
    return seastar::async([this] {
      config = YAML::LoadFile("/etc/redpanda/redpanda.yaml"); // warn: coro-blocking-call
      start_services().get();
    });
  }
  seastar::future<> start_ok() {
    return seastar::async([this] {
      config = YAML::Load(read_fully("/etc/redpanda/redpanda.yaml").get());
      start_services().get();
    });
  }
};
