// Every way in which a template of the library comes to run code of this file.
#include "task.h"
#include <algorithm>
#include <cstdlib>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <numeric>
#include <optional>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

static void slowly(int) { sleep(1); }

struct Slow {
  int Value = 0;
  ~Slow() { sleep(1); }
  void run(int) { sleep(1); }
  bool operator<(const Slow &Other) const {
    sleep(1);
    return Value < Other.Value;
  }
};

struct SlowLock {
  void lock() { (void)std::system("true"); }
  void unlock() {}
};

struct Quick {
  int Value = 0;
  bool operator<(const Quick &Other) const { return Value < Other.Value; }
};

Task byFunctionPointer(std::vector<int> numbers) {
  std::for_each(numbers.begin(), numbers.end(), &slowly);
  co_await std::suspend_always();
}

Task byMemberPointer(Slow &slow) {
  std::invoke(&Slow::run, slow, 1);
  co_await std::suspend_always();
}

Task byLambda(std::vector<int> numbers) {
  std::sort(numbers.begin(), numbers.end(), [](int a, int b) {
    sleep(1);
    return a < b;
  });
  co_await std::suspend_always();
}

Task byComparison(std::map<Slow, int> &slow) {
  (void)slow.count(Slow());
  co_await std::suspend_always();
}

Task byDestruction(std::unique_ptr<Slow> &slow) {
  slow.reset();
  co_await std::suspend_always();
}

Task byVisit(std::variant<int, std::string> &either) {
  std::visit([](const auto &) { sleep(1); }, either);
  co_await std::suspend_always();
}

Task byLock(SlowLock &mutex) {
  { std::lock_guard<SlowLock> guard(mutex); }
  co_await std::suspend_always();
}

Task byApply() {
  std::apply(slowly, std::make_tuple(1));
  co_await std::suspend_always();
}

Task byWrapper() {
  std::function<void(int)> wrapped = slowly;
  wrapped(1);
  co_await std::suspend_always();
}

Task quick(std::vector<int> numbers, std::map<Quick, std::string> &names) {
  std::sort(numbers.begin(), numbers.end());
  numbers.push_back(std::accumulate(numbers.begin(), numbers.end(), 0));
  names.emplace(Quick(), std::to_string(numbers.back()));
  std::map<std::string, std::vector<std::string>> lines;
  lines["all"].emplace_back("none");
  co_await std::suspend_always();
}
