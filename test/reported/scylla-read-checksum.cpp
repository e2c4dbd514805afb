// RUN: %check_corolint %s coro-stale-state %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/scylladb/scylladb/commit/eaa2ce1bb51df5ea90f51237b53ca1e88d939057
// (issue 23728) read_checksum() returns early if the component is loaded. Two
// compactions of one sstable both find none, both load it, and the second
// replaces the weak reference that the users of the first still follow.
#include <seastar/seastar.hh>
#include <memory>
#include <vector>
using seastar::future;

struct checksum { std::vector<unsigned> blocks; };
future<std::vector<unsigned>> read_crc_file(int generation);

struct shareable_components {
  std::shared_ptr<checksum> sum;
};

class sstable {
  int _generation;
  shareable_components _components;
  bool _has_crc = true;

public:
  explicit sstable(int generation) : _generation(generation) {}

  future<std::shared_ptr<checksum>> read_checksum_bad() {
    if (_components.sum)
      co_return _components.sum;
    if (!_has_crc)
      co_return nullptr;
    auto loaded = std::make_shared<checksum>();
    loaded->blocks = co_await read_crc_file(_generation);
    _components.sum = loaded; // warn: coro-stale-state
    co_return loaded;
  }
  future<std::shared_ptr<checksum>> read_checksum_ok() {
    if (_components.sum)
      co_return _components.sum;
    if (!_has_crc)
      co_return nullptr;
    auto loaded = std::make_shared<checksum>();
    loaded->blocks = co_await read_crc_file(_generation);
    if (!_components.sum)
      _components.sum = loaded;
    else
      loaded = _components.sum;
    co_return loaded;
  }
  void unload() { _components.sum.reset(); }
};
future<> validate(sstable &s) { (void)co_await s.read_checksum_ok(); }
