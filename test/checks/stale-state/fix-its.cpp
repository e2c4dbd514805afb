// RUN: %check_corolint %s coro-stale-state %t
#include "coro.h"
#include <memory>
#include <optional>
#include <vector>

coro::task<int> fetch(int);

struct Counter {
  int n = 0;
  void add() { ++n; }
  coro::task<> sum() {
    n = n + co_await fetch(1);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'n' is written after a suspension point with a value read before it
    // CHECK-FIXES: n += co_await fetch(1);
  }
  coro::task<> reversed() {
    n = co_await fetch(n) * 2;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'n' is written after a suspension point with a value read before it
    // CHECK-FIXES: n = co_await fetch(n) * 2;
  }
};

// What only reads iterates over a copy.
struct Item {
  int value = 0;
};
coro::task<> use(int);
void see(int);
struct Subscribers {
  std::vector<Item> items;
  std::vector<std::unique_ptr<Item>> owned;
  std::vector<Item *> pointers;
  void add(Item item) {
    items.push_back(item);
    owned.push_back(nullptr);
    pointers.push_back(nullptr);
  }
  coro::task<> tell() {
    for (const Item &item : items)
      co_await use(item.value);
    // CHECK-MESSAGES: :[[@LINE-2]]:5: warning: the loop over 'items' suspends while 'items' may change
    // CHECK-FIXES: for (auto copy = items; const Item &item : copy)
  }
  coro::task<> tell_each() {
    for (auto item : this->items)
      co_await use(item.value);
    // CHECK-MESSAGES: :[[@LINE-2]]:5: warning: the loop over 'items' suspends while 'items' may change
    // CHECK-FIXES: for (auto copy = this->items; auto item : copy)
  }
  // Not where the loop may write, what cannot be copied, what a copy does not
  // keep, or where the name is taken.
  coro::task<> change() {
    for (Item &item : items)
      co_await use(item.value);
    // CHECK-MESSAGES: :[[@LINE-2]]:5: warning: the loop over 'items' suspends while 'items' may change
    // CHECK-FIXES: for (Item &item : items)
  }
  coro::task<> tell_owned() {
    for (const auto &item : owned)
      co_await use(item->value);
    // CHECK-MESSAGES: :[[@LINE-2]]:5: warning: the loop over 'owned' suspends while 'owned' may change
    // CHECK-FIXES: for (const auto &item : owned)
  }
  coro::task<> tell_pointers() {
    for (auto item : pointers)
      co_await use(item->value);
    // CHECK-MESSAGES: :[[@LINE-2]]:5: warning: the loop over 'pointers' suspends while 'pointers' may change
    // CHECK-FIXES: for (auto item : pointers)
  }
  coro::task<> tell_copies(int copy) {
    for (auto item : items)
      co_await use(item.value + copy);
    // CHECK-MESSAGES: :[[@LINE-2]]:5: warning: the loop over 'items' suspends while 'items' may change
    // CHECK-FIXES: for (auto item : items)
  }
  coro::task<> first() {
    const Item &item = items.front();
    co_await use(1);
    see(item.value);
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'item' leads into 'items' and is used after a suspension point
    // CHECK-FIXES: const Item item = items.front();
  }
  coro::task<> change_first() {
    Item &item = items.front();
    co_await use(1);
    item.value = 1;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'item' leads into 'items' and is used after a suspension point
    // CHECK-FIXES: Item &item = items.front();
  }
};

// A copy of a shared owner keeps the object.
struct Session {
  std::shared_ptr<Item> shared;
  std::shared_ptr<std::vector<Item>> list;
  std::unique_ptr<Item> unique;
  std::optional<Item> maybe;
  void close() {
    shared.reset();
    list.reset();
    unique.reset();
    maybe.reset();
  }
  coro::task<> reference() {
    Item &item = *shared;
    co_await use(1);
    item.value = 1;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'item' leads into 'shared' and is used after a suspension point
    // CHECK-FIXES: {{^}}    auto owner = shared;
    // CHECK-FIXES: {{^}}    Item &item = *owner;
  }
  coro::task<> pointer() {
    auto *item = shared.get();
    co_await use(1);
    item->value = 1;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'item' leads into 'shared' and is used after a suspension point
    // CHECK-FIXES: {{^}}    auto owner = shared;
    // CHECK-FIXES: {{^}}    auto *item = owner.get();
  }
  coro::task<> loop() {
    for (Item &item : *list)
      co_await use(item.value);
    // CHECK-MESSAGES: :[[@LINE-2]]:5: warning: the loop over 'list' suspends while 'list' may change
    // CHECK-FIXES: for (auto owner = list; Item &item : *owner)
  }
  coro::task<> unique_reference() {
    Item &item = *unique;
    co_await use(1);
    item.value = 1;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'item' leads into 'unique' and is used after a suspension point
    // CHECK-FIXES: {{^}}    Item &item = *unique;
  }
  coro::task<> optional_reference() {
    Item &item = *maybe;
    co_await use(1);
    item.value = 1;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'item' leads into 'maybe' and is used after a suspension point
    // CHECK-FIXES: {{^}}    Item &item = *maybe;
  }
};

// The await comes first if nothing else has an effect.
int next();
struct Average {
  int n = 0;
  void add() { ++n; }
  coro::task<> scaled() {
    n = (n * 3 + co_await fetch(1)) / 4;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'n' is written after a suspension point with a value read before it
    // CHECK-FIXES: {{^}}    auto result = co_await fetch(1);
    // CHECK-FIXES: {{^}}    n = (n * 3 + result) / 4;
  }
  coro::task<> beside_a_call() {
    n = n * next() + co_await fetch(1);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'n' is written after a suspension point with a value read before it
    // CHECK-FIXES: n = n * next() + co_await fetch(1);
  }
  coro::task<> conditional(bool once) {
    if (once)
      n = n * 3 + co_await fetch(1);
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'n' is written after a suspension point with a value read before it
    // CHECK-FIXES: {{^}}      n = n * 3 + co_await fetch(1);
  }
};
