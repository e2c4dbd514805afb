// RUN: %check_corolint %s coro-stale-state %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/redpanda-data/redpanda/commit/750208bab9eb23668fda2279c8058224d8e18299
// sync_add_files() finds the topic's entry, replicates the update and then
// compares the iterator's revision. Another update of the state machine may
// have erased the topic meanwhile: an assertion failed in the container.
#include <seastar/seastar.hh>
#include <map>
#include <optional>
#include <string>
#include <vector>
namespace ss = seastar;

struct pending_entry { long start, last; };
struct topic_state {
  long revision = 0;
  std::vector<pending_entry> pending;
};
class coordinator_stm {
public:
  struct state_t { std::map<std::string, topic_state> topic_to_state; };
  const state_t &state() const { return _state; }
  ss::future<std::optional<long>> sync();
  ss::future<bool> replicate_and_wait(long term, std::string batch);
  void apply_lifecycle_update(const std::string &topic) { _state.topic_to_state.erase(topic); }
  void apply_add_files(const std::string &topic, long revision, pending_entry e) {
    auto &t = _state.topic_to_state[topic];
    t.revision = revision;
    t.pending.push_back(e);
  }
private:
  state_t _state;
};
enum class errc { ok, not_leader, stale, timedout };

class coordinator {
  coordinator_stm &stm_;
public:
  explicit coordinator(coordinator_stm &s) : stm_(s) {}

  ss::future<errc> sync_add_files_bad(std::string topic, long topic_revision, std::string files) {
    auto term = co_await stm_.sync();
    if (!term)
      co_return errc::not_leader;
    auto topic_it = stm_.state().topic_to_state.find(topic);
    if (topic_it == stm_.state().topic_to_state.end() || topic_it->second.revision != topic_revision)
      co_return errc::stale;
    if (!co_await stm_.replicate_and_wait(*term, std::move(files)))
      co_return errc::timedout;
    if (topic_it->second.revision != topic_revision) // warn: coro-stale-state
      co_return errc::stale;
    co_return errc::ok;
  }
  ss::future<errc> sync_add_files_ok(std::string topic, long topic_revision, std::string files) {
    auto term = co_await stm_.sync();
    if (!term)
      co_return errc::not_leader;
    auto topic_it = stm_.state().topic_to_state.find(topic);
    if (topic_it == stm_.state().topic_to_state.end() || topic_it->second.revision != topic_revision)
      co_return errc::stale;
    if (!co_await stm_.replicate_and_wait(*term, std::move(files)))
      co_return errc::timedout;
    topic_it = stm_.state().topic_to_state.find(topic);
    if (topic_it == stm_.state().topic_to_state.end() || topic_it->second.revision != topic_revision)
      co_return errc::stale;
    co_return errc::ok;
  }
  ss::future<long> last_added_ok(std::string topic) { // only the number is kept
    co_await stm_.sync();
    auto it = stm_.state().topic_to_state.find(topic);
    if (it == stm_.state().topic_to_state.end() || it->second.pending.empty())
      co_return -1;
    long last = it->second.pending.back().last;
    co_await stm_.sync();
    co_return last;
  }
};
