// RUN: %check_corolint %s coro-stale-state %t -std=c++20 -- --
// https://github.com/dragonflydb/dragonfly/issues/2488
// A look-up that may load the value from a disk returns an iterator. Touching the entry
// before it is updated yields the fiber, and other fibers insert into the table.

#include <boost/fiber/operations.hpp>
#include <boost/fiber/fiber.hpp>
#include <string>
#include <unordered_map>
class Slice {
  std::unordered_map<std::string, std::string> table;
  void preUpdate(const std::string &) { boost::this_fiber::yield(); }

public:
  void insert(const std::string &key, std::string value) { table.emplace(key, std::move(value)); }
  void remove(const std::string &key) { table.erase(key); }
  std::string get_bad(const std::string &key) {
    auto it = table.find(key);
    if (it == table.end())
      return {};
    preUpdate(key);
    return it->second; // warn: coro-stale-state
  }
  std::string get_ok(const std::string &key) {
    preUpdate(key);
    auto it = table.find(key);
    return it == table.end() ? std::string() : it->second;
  }
};
void serve(Slice &slice, const std::string &key) {
  boost::fibers::fiber([&slice, key] { slice.get_bad(key); }).detach();
  boost::fibers::fiber([&slice, key] { slice.get_ok(key); }).detach();
  boost::fibers::fiber([&slice, key] { slice.insert(key, "x"); }).detach();
  boost::fibers::fiber([&slice, key] { slice.remove(key); }).detach();
}
