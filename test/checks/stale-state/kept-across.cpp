// RUN: %check_corolint %s coro-stale-state %t
// References, pointers, iterators and views into what others change.
#include "coro.h"
#include <deque>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

struct Item {
  int value = 0;
  coro::task<int> load();
};
coro::task<> use(int);
void see(int);
void see(std::string_view);

struct Vector {
  std::vector<Item> items;
  std::vector<std::shared_ptr<Item>> shared;
  void add() { items.emplace_back(); }
  void share(std::shared_ptr<Item> item) { shared.push_back(item); }

  coro::task<> loop_bad() {
    for (auto &item : items) // warn: coro-stale-state
      co_await use(item.value);
  }
  coro::task<> loop_over_shared_bad() {
    for (auto item : shared) // warn: coro-stale-state
      co_await use(item->value);
  }
  coro::task<> reference_bad() {
    Item &first = items.front();
    co_await use(1);
    first.value = 2; // warn: coro-stale-state
  }
  coro::task<> pointer_bad() {
    Item *first = &items[0];
    co_await use(1);
    first->value = 2; // warn: coro-stale-state
  }
  coro::task<> iterator_bad() {
    auto it = items.begin();
    co_await use(1);
    see(it->value); // warn: coro-stale-state
  }
  coro::task<> copied_ok() {
    auto copy = items;
    for (auto &item : copy)
      co_await use(item.value);
  }
  coro::task<> element_copied_ok() {
    auto first = shared[0];
    co_await use(1);
    see(first->value);
  }
  coro::task<> by_index_ok() {
    for (unsigned i = 0; i < items.size(); ++i)
      co_await use(items[i].value);
  }
  coro::task<> left_after_the_wait_ok() {
    for (auto &item : items)
      if (item.value) {
        co_await use(1);
        break;
      }
  }
  coro::task<> collected_first_ok() {
    std::vector<int> values;
    for (auto &item : items)
      values.push_back(item.value);
    for (int value : values)
      co_await use(value);
  }
  coro::task<> taken_again_ok() {
    auto it = items.begin();
    co_await use(1);
    it = items.begin();
    see(it->value);
  }
  coro::task<> taken_after_the_wait_ok() {
    co_await use(1);
    Item &first = items.front();
    first.value = 2;
  }
};

// Adding to a map moves nothing; an unordered one moves its iterators.
struct Nodes {
  std::map<int, Item> ordered;
  std::unordered_map<int, Item> hashed;
  void add(int id) { ordered[id].value = hashed[id].value = id; }

  coro::task<> ordered_ok(int id) {
    auto it = ordered.find(id);
    if (it == ordered.end())
      co_return;
    co_await use(1);
    see(it->second.value);
  }
  coro::task<> hashed_bad(int id) {
    auto it = hashed.find(id);
    if (it == hashed.end())
      co_return;
    co_await use(1);
    see(it->second.value); // warn: coro-stale-state
  }
  coro::task<> hashed_reference_ok(int id) {
    Item &item = hashed.at(id);
    co_await use(1);
    see(item.value);
  }
};

struct Erased {
  std::map<int, Item> items;
  void drop(int id) { items.erase(id); }

  coro::task<> bad(int id) {
    auto it = items.find(id);
    if (it == items.end())
      co_return;
    co_await use(1);
    see(it->second.value); // warn: coro-stale-state
  }
  coro::task<> structured_bad() {
    for (auto &[id, item] : items) // warn: coro-stale-state
      co_await use(id);
  }
  coro::task<> looked_up_again_ok(int id) {
    if (!items.contains(id))
      co_return;
    co_await use(1);
    auto it = items.find(id);
    if (it != items.end())
      see(it->second.value);
  }
};

// What an accessor returns leads into the object's own state.
struct Topic {
  const std::set<int> &assigned() const { return parts; }
  void assign(int part) { parts.insert(part); }
  void unassign(int part) { parts.erase(part); }

private:
  std::set<int> parts;
};
struct Frontend {
  std::map<std::string, Topic> topics;

  coro::task<> bad(std::string name) {
    for (int part : topics[name].assigned()) // warn: coro-stale-state
      co_await use(part);
  }
  coro::task<> reference_bad(std::string name) {
    auto &all = topics[name].assigned();
    for (int part : all) // warn: coro-stale-state
      co_await use(part);
  }
  coro::task<> copied_ok(std::string name) {
    std::set<int> all = topics[name].assigned();
    for (int part : all)
      co_await use(part);
  }
};

struct Named {
  std::string name;
  void rename(std::string to) { name = to; }
  coro::task<> view_bad() {
    std::string_view view = name;
    co_await use(1);
    see(view); // warn: coro-stale-state
  }
  coro::task<> copy_ok() {
    std::string copy = name;
    co_await use(1);
    see(copy);
  }
  coro::task<> alias_ok() {
    std::string &alias = name; // the member itself stays where it is
    co_await use(1);
    see(alias);
  }
};

struct Owner {
  std::unique_ptr<Item> item;
  std::shared_ptr<Item> shared;
  void drop() { item.reset(), shared = nullptr; }
  coro::task<> bad() {
    Item &there = *item;
    co_await use(1);
    see(there.value); // warn: coro-stale-state
  }
  coro::task<> pointer_bad() {
    Item *there = item.get();
    co_await use(1);
    see(there->value); // warn: coro-stale-state
  }
  coro::task<> kept_alive_ok() {
    auto keep = shared;
    Item &there = *shared;
    co_await use(1);
    see(there.value);
  }
};

// Nobody changes these.
struct Fixed {
  std::vector<Item> items;
  explicit Fixed(int count) { items.resize(count); }
  coro::task<> ok() {
    for (auto &item : items)
      co_await use(item.value);
  }
};
coro::task<> local_ok() {
  std::vector<int> values{1, 2};
  for (int &value : values)
    co_await use(value);
  values.push_back(3);
}
coro::task<> parameter_ok(std::vector<int> values) {
  for (int &value : values)
    co_await use(value);
  values.clear();
}

// To assign an object is to assign its members.
struct Topology {
  std::map<int, Item> nodes;
  std::map<int, Item> others;
};
struct Whole {
  Topology topology, fixed;
  coro::task<Topology> load();
  coro::task<> reload() { topology = co_await load(); }

  coro::task<> bad(int id) {
    auto it = topology.nodes.find(id);
    co_await use(1);
    see(it->second.value); // warn: coro-stale-state
  }
  coro::task<> another_ok(int id) {
    auto it = fixed.nodes.find(id);
    co_await use(1);
    see(it->second.value);
  }
  coro::task<> copied_ok(int id) {
    auto found = topology.nodes.at(id);
    co_await use(1);
    see(found.value);
  }
};
struct Elsewhere {
  Topology topology;
  std::shared_ptr<Topology> pointer;
  void replace(std::shared_ptr<Topology> next) { pointer = next; }

  // Nobody assigns this one.
  coro::task<> ok(int id) {
    auto it = topology.nodes.find(id);
    co_await use(1);
    see(it->second.value);
  }
};

// A container that a pointer leads to.
struct Behind {
  std::shared_ptr<std::set<int>> shared;
  std::vector<int> *plain = nullptr;
  std::shared_ptr<std::vector<std::vector<int>>> nested;
  std::shared_ptr<std::set<int>> fixed;
  void add(int n) {
    shared->insert(n);
    plain->push_back(n);
    (*nested)[0].push_back(n);
  }
  void remove(int n) { shared->erase(n); }

  coro::task<> loop_bad() {
    for (int n : *shared) // warn: coro-stale-state
      co_await use(n);
  }
  coro::task<> iterator_bad() {
    auto it = plain->begin();
    co_await use(1);
    see(*it); // warn: coro-stale-state
  }
  coro::task<> whole_ok() {
    auto &all = *plain;
    co_await use(1);
    all.push_back(1);
  }
  // One of its elements grows.
  coro::task<> element_ok() {
    for (auto &inner : *nested)
      co_await use(int(inner.size()));
  }
  coro::task<> unchanged_ok() {
    for (int n : *fixed)
      co_await use(n);
  }
  coro::task<> copied_ok() {
    std::set<int> all = *shared;
    for (int n : all)
      co_await use(n);
  }
};

// Both ends of a range are handed to a coroutine that walks along it.
template <typename Iterator, typename F>
coro::task<> visit(Iterator begin, Iterator end, F f) {
  for (; begin != end; ++begin) {
    f(*begin);
    co_await use(1);
  }
}
template <typename Iterator>
coro::task<> copy_first(Iterator begin, Iterator end) {
  std::vector<Item> all(begin, end);
  for (auto &item : all)
    co_await use(item.value);
}
struct Walked {
  std::unordered_map<int, Item> items;
  std::unordered_map<int, Item> fixed;
  std::vector<Item> list;
  auto begin() { return items.begin(); }
  auto end() { return items.end(); }
  void add(int n) { items.emplace(n, Item()); }
  void append() { list.emplace_back(); }

  coro::task<> bad() {
    co_await visit(items.begin(), items.end(), [](auto &) {}); // warn: coro-stale-state
  }
  coro::task<> own_ends_bad() {
    co_await visit(begin(), end(), [](auto &) {}); // warn: coro-stale-state
  }
  coro::task<> unchanged_ok() {
    co_await visit(fixed.begin(), fixed.end(), [](auto &) {});
  }
  coro::task<> copied_ok() { co_await copy_first(list.begin(), list.end()); }
  coro::task<> snapshot_ok() {
    auto all = items;
    co_await visit(all.begin(), all.end(), [](auto &) {});
  }
};

// A test of an element is no flag that the others respect.
struct Bound {
  std::unordered_map<int, std::shared_ptr<Item>> items;
  void add(int n) {
    if (items.find(n) == items.end())
      items.emplace(n, std::make_shared<Item>());
  }
  coro::task<> bad() {
    for (auto &[key, item] : items) // warn: coro-stale-state
      co_await item->load();
  }
};

// A factory copies what it is handed by name, whatever its parameter is.
struct Config {
  std::vector<int> steps;
};
struct Manager {
  explicit Manager(std::shared_ptr<Config>);
};
struct Shared {
  std::shared_ptr<Config> copied, moved, replaced;
  std::shared_ptr<Manager> manager;
  coro::task<> copied_ok() {
    for (int step : copied->steps)
      co_await use(step);
  }
  coro::task<> moved_bad() {
    for (int step : moved->steps) // warn: coro-stale-state
      co_await use(step);
  }
  coro::task<> replaced_bad() {
    for (int step : replaced->steps) // warn: coro-stale-state
      co_await use(step);
  }
  void renew() {
    manager = std::make_shared<Manager>(copied);
    manager = std::make_shared<Manager>(std::move(moved));
    std::shared_ptr<Config> none;
    std::swap(replaced, none);
  }
};

// What an accessor returns may be a part of a structured binding.
struct Bindings {
  std::map<int, Item> items;
  Item &find(int n) {
    auto [it, isNew] = items.try_emplace(n);
    return it->second;
  }
  coro::task<> accessor_ok() {
    Item &item = find(1);
    co_await use(1);
    item.value = 2;
  }
};
