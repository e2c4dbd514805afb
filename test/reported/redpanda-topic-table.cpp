// RUN: %check_corolint %s coro-stale-state %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/redpanda-data/redpanda/pull/30938
// A coordinator takes a reference into the topic table, replicates a command and reads the reference. A topic that is
// deleted meanwhile leaves it dangling.
#include <functional>
#include <map>
#include <optional>
#include <seastar/seastar.hh>
#include <string>
using seastar::future;
class topic_metadata {
  long revision;
  std::string spec;

public:
  topic_metadata(long revision, std::string spec);
  long get_revision() const { return revision; }
  const std::string &partition_spec() const { return spec; }
};
class topic_table {
  std::map<std::string, topic_metadata, std::less<>> topics;

public:
  std::optional<std::reference_wrapper<const topic_metadata>> get_topic_metadata_ref(const std::string &name) const {
    if (auto it = topics.find(name); it != topics.end())
      return it->second;
    return std::nullopt;
  }
  void apply_create(std::string name, topic_metadata md) { topics.insert_or_assign(std::move(name), std::move(md)); }
  void apply_delete(const std::string &name) { topics.erase(name); }
};
class coordinator {
  topic_table &topics;
  future<bool> replicate_and_wait(std::string command);
  future<> ensure_table_schema(std::string topic, std::string spec);

public:
  explicit coordinator(topic_table &table) : topics(table) {}
  future<> ensure_table_exists_bad(std::string topic, long revision) {
    auto md = topics.get_topic_metadata_ref(topic);
    if (!md || md->get().get_revision() != revision)
      co_return;
    if (!co_await replicate_and_wait(topic))
      co_return;
    auto spec = md->get().partition_spec(); // warn: coro-stale-state
    co_await ensure_table_schema(topic, std::move(spec));
  }
  future<> ensure_table_exists_ok(std::string topic, long revision) {
    if (!co_await replicate_and_wait(topic))
      co_return;
    auto md = topics.get_topic_metadata_ref(topic);
    if (!md || md->get().get_revision() != revision)
      co_return;
    auto spec = md->get().partition_spec();
    co_await ensure_table_schema(topic, std::move(spec));
  }
};
