// RUN: %check_corolint %s coro-stale-state %t
// Containers that several classes refer to.
#include "coro.h"
#include <map>
#include <memory>
#include <string>
#include <vector>

struct Terminus {
  bool ready = false;
  void parse();
};
coro::task<> fetch(int);
using Termini = std::map<int, std::shared_ptr<Terminus>>;

// One object owns the container, and two others get it from it.
class Discovery {
  Termini &termini;

public:
  explicit Discovery(Termini &all) : termini(all) {}
  void remove(int id) { termini.erase(id); }
};
class Platform {
  Termini &all;

public:
  explicit Platform(Termini &termini) : all(termini) {}
  coro::task<> loop_bad() {
    for (auto &[id, terminus] : all) // warn: coro-stale-state
      co_await fetch(id);
  }
  coro::task<> element_bad(int id) {
    auto &terminus = all[id];
    co_await fetch(id);
    terminus->ready = true; // warn: coro-stale-state
  }
  coro::task<> iterator_bad(int id) {
    auto it = all.find(id);
    if (it == all.end())
      co_return;
    co_await fetch(id);
    it->second->parse(); // warn: coro-stale-state
  }
  coro::task<> owner_ok(int id) {
    auto terminus = all[id];
    co_await fetch(id);
    terminus->ready = true;
  }
  coro::task<> copy_ok() {
    for (auto copy = all; auto &[id, terminus] : copy)
      co_await fetch(id);
  }
  coro::task<> found_again_ok(int id) {
    if (all.find(id) == all.end())
      co_return;
    co_await fetch(id);
    if (auto it = all.find(id); it != all.end())
      it->second->parse();
  }
};
class Manager {
  Termini termini;
  Discovery discovery{termini};
  Platform platform{termini};

public:
  coro::task<> run() { co_await platform.loop_bad(); }
};

// Two containers of one type.
class Cleaner {
  std::vector<int> &items;

public:
  explicit Cleaner(std::vector<int> &items) : items(items) {}
  void clean() { items.clear(); }
};
class Reader {
  std::vector<int> &items;

public:
  explicit Reader(std::vector<int> &items) : items(items) {}
  coro::task<> loop_ok() {
    for (int item : items)
      co_await fetch(item);
  }
};
struct Two {
  std::vector<int> read, cleaned;
  Cleaner cleaner{cleaned};
  Reader reader{read};
  Two() { read.push_back(1); }
};

// The owner changes it itself.
class Watcher {
  std::vector<int> &seen;
  std::vector<int> &quiet;

public:
  Watcher(std::vector<int> &seen, std::vector<int> &quiet)
      : seen(seen), quiet(quiet) {}
  coro::task<> loop_bad() {
    for (int item : seen) // warn: coro-stale-state
      co_await fetch(item);
  }
  coro::task<> quiet_ok() {
    for (int item : quiet)
      co_await fetch(item);
  }
};
class Owner {
  std::vector<int> items;
  std::vector<int> constants{1, 2};
  Watcher watcher{items, constants};

public:
  void add(int item) { items.push_back(item); }
};

// The reference is passed on, and kept as a pointer.
class Keeper {
  std::vector<int> *kept;

public:
  explicit Keeper(std::vector<int> *kept) : kept(kept) {}
  void drop() { kept->erase(kept->begin()); }
};
class Walker {
  std::vector<int> *walked;

public:
  explicit Walker(std::vector<int> *walked) : walked(walked) {}
  coro::task<> loop_bad() {
    for (int item : *walked) // warn: coro-stale-state
      co_await fetch(item);
  }
};
class Both {
  Keeper keeper;
  Walker walker;

public:
  explicit Both(std::vector<int> &list) : keeper(&list), walker(&list) {}
};

// A class of its own around the container: both refer to an object of it.
class Registry {
  std::map<int, int> entries;

public:
  void add(int id) { entries[id] = 0; }
  void remove(int id) { entries.erase(id); }
  std::map<int, int> &all() { return entries; }
  bool has(int id) const { return entries.contains(id); }
};
class Editor {
  Registry &edited;

public:
  explicit Editor(Registry &edited) : edited(edited) {}
  void remove(int id) { edited.remove(id); }
};
class Printer {
  Registry &printed;

public:
  explicit Printer(Registry &printed) : printed(printed) {}
  coro::task<> loop_bad() {
    for (auto &[id, entry] : printed.all()) // warn: coro-stale-state
      co_await fetch(id);
  }
};

// Only the class itself uses its own: nobody removes anything.
class Private {
  std::vector<int> &items;

public:
  explicit Private(std::vector<int> &items) : items(items) {}
  coro::task<> ok() {
    for (int item : items)
      co_await fetch(item);
  }
};
struct PrivateOwner {
  std::vector<int> items{1, 2, 3};
  Private reader{items};
  coro::task<> run() { co_await reader.ok(); }
};

// The one that changes it waits for its own turn: a part of the coroutine.
class Helper {
  std::vector<int> &items;

public:
  explicit Helper(std::vector<int> &items) : items(items) {}
  void finish() { items.clear(); }
};
class User {
  std::vector<int> items;
  Helper helper{items};

public:
  coro::task<> ok() {
    for (int item : items)
      co_await fetch(item);
    helper.finish();
  }
};
