// RUN: %check_corolint %s coro-stale-state %t -std=c++20 -- --
// https://github.com/dragonflydb/dragonfly/pull/8210
// A command iterates over a list and yields its fiber; another fiber removes the
// key meanwhile.

#include <boost/fiber/fiber.hpp>
#include <boost/fiber/operations.hpp>
#include <list>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>
class DbSlice {
  std::unordered_map<std::string, std::list<std::string>> db;

public:
  void remove(const std::string &key) { db.erase(key); }
  void push(const std::string &key, std::string value) { db[key].push_back(std::move(value)); }
  void sort_bad(const std::string &key, std::vector<std::string> &out) {
    boost::fibers::fiber([this, key, &out] {
      auto it = db.find(key);
      if (it == db.end())
        return;
      for (auto &value : it->second) { // warn: coro-stale-state
        out.push_back(value);
        boost::this_fiber::yield();
      }
    }).join();
  }
  void sort_ok(const std::string &key, std::vector<std::string> &out) {
    boost::fibers::fiber([this, key, &out] {
      auto it = db.find(key);
      if (it == db.end())
        return;
      auto list = it->second;
      for (auto &value : list) {
        out.push_back(value);
        boost::this_fiber::yield();
      }
    }).join();
  }
};
