// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/scylladb/scylladb/issues/27520
// A continuation is a coroutine lambda that captures this, and uses it after it has suspended.
#include <seastar/seastar.hh>
#include <string>
#include <vector>
struct commitlog {
  struct config {};
  static seastar::future<commitlog> create_commitlog(config);
  seastar::future<std::vector<std::string>> get_segments_to_replay() const;
};
struct Sender {
  void rewind(int position);
  void add(std::string segment);
};
class hint_endpoint_manager {
  Sender _sender;
  int _last_written_rp = 0;

public:
  seastar::future<commitlog> add_store_bad(commitlog::config cfg) {
    return commitlog::create_commitlog(cfg).then([this](commitlog l) -> seastar::future<commitlog> {
      std::vector<std::string> segs = co_await l.get_segments_to_replay();
      for (auto &seg : segs)
        _sender.add(std::move(seg)); // warn: coro-dangling-reference
      _sender.rewind(_last_written_rp + 1);
      co_return l;
    });
  }
  seastar::future<commitlog> add_store_ok(commitlog::config cfg) {
    commitlog l = co_await commitlog::create_commitlog(cfg);
    std::vector<std::string> segs = co_await l.get_segments_to_replay();
    for (auto &seg : segs)
      _sender.add(std::move(seg));
    _sender.rewind(_last_written_rp + 1);
    co_return l;
  }
};
