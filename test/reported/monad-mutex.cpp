// RUN: %check_corolint %s coro-lock-across-await %t -std=c++20 -- --
// https://github.com/category-labs/monad/pull/375
// A reader-writer lock of the standard library is held in a fiber where it waits for a read: the next fiber of the
// thread that wants to write blocks the thread.
#include <boost/fiber/fiber.hpp>
#include <boost/fiber/future/future.hpp>
#include <boost/fiber/mutex.hpp>
#include <map>
#include <mutex>
#include <shared_mutex>
struct Account { long balance; };
struct Database { boost::fibers::future<Account> read(int address); };

class BlockState {
  Database &db;
  std::shared_mutex mutex;
  boost::fibers::mutex fiberMutex;
  std::map<int, Account> accounts;

public:
  explicit BlockState(Database &db) : db(db) {}
  Account read_bad(int address) {
    std::shared_lock<std::shared_mutex> lock(mutex);
    if (auto found = accounts.find(address); found != accounts.end())
      return found->second;
    return db.read(address).get(); // warn: coro-lock-across-await
  }
  void write_bad(int address) {
    std::unique_lock<std::shared_mutex> lock(mutex);
    Account account = db.read(address).get(); // warn: coro-lock-across-await
    accounts[address] = account;
  }
  Account read_ok(int address) {
    std::unique_lock<boost::fibers::mutex> lock(fiberMutex);
    if (auto found = accounts.find(address); found != accounts.end())
      return found->second;
    return db.read(address).get();
  }
};
