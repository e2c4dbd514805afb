// RUN: %check_corolint %s coro-stale-state %t
// Positions in a container, computed or checked before a suspension point and
// used with the container after it.
#include "coro.h"
#include <algorithm>
#include <array>
#include <cstddef>
#include <deque>
#include <map>
#include <string>
#include <vector>

coro::task<> step();
coro::task<> send(int);
void see(int);

struct Tabs {
  std::vector<int> tabs;
  std::vector<int> fixed{1, 2, 3};
  std::array<int, 4> slots{};
  std::deque<int> grows;
  std::map<std::size_t, int> byKey;
  std::string text;
  std::size_t selected = 0;
  void close(std::size_t i) { tabs.erase(tabs.begin() + i); }
  void closeAll() { tabs.clear(); }
  void open(int tab) {
    tabs.push_back(tab);
    grows.push_back(tab);
  }
  void forget(std::size_t key) { byKey.erase(key); }

  coro::task<> checked_bad(std::size_t i) {
    if (i >= tabs.size())
      co_return;
    co_await step();
    see(tabs[i]); // warn: coro-stale-state
  }
  coro::task<> checked_again_ok(std::size_t i) {
    if (i >= tabs.size())
      co_return;
    co_await step();
    if (i < tabs.size())
      see(tabs[i]);
  }
  coro::task<> at_throws_bad(std::size_t i) {
    if (i >= tabs.size())
      co_return;
    co_await step();
    see(tabs.at(i)); // warn: coro-stale-state
  }
  coro::task<> last_bad() {
    std::size_t last = tabs.size() - 1;
    co_await step();
    see(tabs[last]); // warn: coro-stale-state
  }
  coro::task<> last_again_ok() {
    std::size_t last = tabs.size() - 1;
    co_await step();
    last = tabs.size() - 1;
    see(tabs[last]);
  }
  coro::task<> last_checked_ok() {
    std::size_t last = tabs.size() - 1;
    co_await step();
    if (last >= tabs.size())
      co_return;
    see(tabs[last]);
  }
  std::size_t positionOf(int tab) const {
    return std::find(tabs.begin(), tabs.end(), tab) - tabs.begin();
  }
  coro::task<> position_bad(int tab) {
    auto at = positionOf(tab);
    co_await step();
    tabs[at] = 0; // warn: coro-stale-state
  }
  coro::task<> position_erased_bad(int tab) {
    auto at = positionOf(tab);
    co_await step();
    tabs.erase(tabs.begin() + at); // warn: coro-stale-state
  }
  coro::task<> position_found_later_ok(int tab) {
    co_await step();
    auto at = positionOf(tab);
    tabs[at] = 0;
  }
  // The loop compares before each use.
  coro::task<> loop_ok() {
    for (std::size_t i = 0; i < tabs.size(); ++i)
      co_await send(tabs[i]);
  }
  coro::task<> loop_uses_it_later_bad() {
    for (std::size_t i = 0; i < tabs.size(); ++i) {
      co_await send(tabs[i]);
      see(tabs[i]); // warn: coro-stale-state
    }
  }
  coro::task<> loop_to_old_size_bad() {
    const std::size_t n = tabs.size();
    for (std::size_t i = 0; i < n; ++i)
      co_await send(tabs[i]); // warn: coro-stale-state
  }
  // Nothing removes elements of these.
  coro::task<> only_grows_ok(std::size_t i) {
    if (i >= grows.size())
      co_return;
    co_await step();
    see(grows[i]);
  }
  coro::task<> grows_to_old_size_ok() {
    const std::size_t n = grows.size();
    for (std::size_t i = 0; i < n; ++i)
      co_await send(grows[i]);
  }
  coro::task<> never_changes_ok(std::size_t i) {
    if (i >= fixed.size())
      co_return;
    co_await step();
    see(fixed[i]);
  }
  coro::task<> array_ok(std::size_t i) {
    if (i >= slots.size())
      co_return;
    co_await step();
    see(slots[i]);
  }
  // The position is of another container.
  coro::task<> other_container_ok() {
    std::size_t last = tabs.size() - 1;
    co_await step();
    see(fixed[last]);
  }
  // Only a number: how many there were.
  coro::task<> number_ok() {
    std::size_t n = tabs.size();
    co_await step();
    see(int(n));
  }
  // A key, which a map looks up.
  coro::task<> key_ok() {
    std::size_t n = byKey.size();
    co_await step();
    byKey[n] = 1;
  }
  coro::task<> copy_ok() {
    auto mine = tabs;
    std::size_t last = mine.size() - 1;
    co_await step();
    see(mine[last]);
  }
  coro::task<> element_first_ok(std::size_t i) {
    if (i >= tabs.size())
      co_return;
    int tab = tabs[i];
    co_await step();
    see(tab);
  }
};

// A function checks the position and starts a coroutine that hops first.
struct Page {
  std::vector<int> tabs;
  std::vector<int> fixed;
  void closeAll() { tabs.clear(); }

  bool select_bad(std::size_t i) {
    if (i < tabs.size()) {
      focus(i);
      return true;
    }
    return false;
  }
  coro::fire_and_forget focus(std::size_t i) {
    co_await step();
    see(tabs[i]); // warn: coro-stale-state
  }

  bool select_ok(std::size_t i) {
    if (i < tabs.size()) {
      focusAgain(i);
      return true;
    }
    return false;
  }
  coro::fire_and_forget focusAgain(std::size_t i) {
    co_await step();
    if (i < tabs.size())
      see(tabs[i]);
  }
  void early_ok(std::size_t i) {
    if (i < tabs.size())
      focusAtOnce(i);
  }
  coro::fire_and_forget focusAtOnce(std::size_t i) {
    see(tabs[i]);
    co_await step();
  }
  void fixed_ok(std::size_t i) {
    if (i < fixed.size())
      focusFixed(i);
  }
  coro::fire_and_forget focusFixed(std::size_t i) {
    co_await step();
    see(fixed[i]);
  }
  // A number that the caller compared with something else.
  void unrelated_ok(std::size_t i) {
    if (tabs.empty())
      unrelated(i);
  }
  coro::fire_and_forget unrelated(std::size_t i) {
    co_await step();
    tabs.resize(i + 1);
    see(tabs[i]);
  }
};

// Isolated.
struct Locked {
  coro::async_mutex mutex;
  std::vector<int> tabs;
  coro::task<> closeAll() {
    auto guard = co_await mutex.lock();
    tabs.clear();
  }
  coro::task<> ok() {
    auto guard = co_await mutex.lock();
    std::size_t last = tabs.size() - 1;
    co_await step();
    see(tabs[last]);
  }
};
