// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- --
// https://github.com/autowarefoundation/callback_isolated_executor/pull/16
// For each group of callbacks a thread is started. Its lambda refers to the identifier
// that the body of the loop computed.

#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>
struct Group {};
struct Runner {
  void add(std::shared_ptr<Group> group);
  void spin();
};
std::string identify(const Group &group);
void announce(const std::string &id);

class Isolated {
  std::vector<std::shared_ptr<Group>> groups;
  std::vector<std::thread> threads;

public:
  void spin_bad() {
    for (auto &group : groups) {
      std::string id = identify(*group);
      auto runner = std::make_shared<Runner>();
      runner->add(group);
      threads.emplace_back([runner, &id] { // warn: coro-dangling-reference
        announce(id);
        runner->spin();
      });
    }
    for (auto &thread : threads)
      thread.join();
  }
  void spin_ok() {
    for (auto &group : groups) {
      std::string id = identify(*group);
      auto runner = std::make_shared<Runner>();
      runner->add(group);
      threads.emplace_back([runner, id] {
        announce(id);
        runner->spin();
      });
    }
    for (auto &thread : threads)
      thread.join();
  }
};
