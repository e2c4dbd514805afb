// RUN: %check_corolint %s coro-serial-awaits %t
// Where a model names what awaits several tasks and gives their results, the
// fix-it writes the call.

#include <corolint/rt.h>
#include <string>
#include <vector>
using corolint::rt::Task;

Task<int> count(long key);
Task<std::string> title(long key);
Task<const char *> label(long key);
void show(int, const std::string &);

Task<> results(long key) {
  int n = co_await count(key);
  std::string s = co_await title(key);
  // CHECK-NOTES: :[[@LINE-2]]:11: warning: independent tasks are awaited one after another
  // CHECK-NOTES: :[[@LINE-2]]:19: note: the task of 'title' could run meanwhile
  // CHECK-NOTES: :[[@LINE-4]]:11: note: 'corolint::rt::when_all' awaits several tasks at once
  // CHECK-FIXES: auto [n, s] = co_await corolint::rt::when_all(count(key), title(key));
  show(n, s);
}

struct Pages {
  std::string First, Second;
  Task<> loadFirst() { First = co_await title(1); }
  Task<> loadSecond() { Second = co_await title(2); }
  Task<> load() {
    co_await loadFirst();
    co_await loadSecond();
    // CHECK-NOTES: :[[@LINE-2]]:5: warning: independent tasks are awaited one after another
    // CHECK-NOTES: :[[@LINE-2]]:5: note: the task of 'loadSecond' could run meanwhile
    // CHECK-NOTES: :[[@LINE-4]]:5: note: 'corolint::rt::when_all' awaits several tasks at once
    // CHECK-FIXES: co_await corolint::rt::when_all(loadFirst(), loadSecond());
  }
};

// The result is moved when it is returned; a binding would be copied.
Task<std::string> returned(long key) {
  std::string s = co_await title(key);
  int n = co_await count(key);
  // CHECK-NOTES: :[[@LINE-2]]:19: warning: independent tasks are awaited one after another
  // CHECK-NOTES: :[[@LINE-2]]:11: note: the task of 'count' could run meanwhile
  // CHECK-NOTES: :[[@LINE-4]]:19: note: 'corolint::rt::when_all' awaits several tasks at once
  // CHECK-FIXES: std::string s = co_await title(key);
  // CHECK-FIXES: int n = co_await count(key);
  show(n, s);
  co_return s;
}

// The variable has another type than the result.
Task<> converted(long key) {
  std::string s = co_await label(key);
  int n = co_await count(key);
  // CHECK-NOTES: :[[@LINE-2]]:19: warning: independent tasks are awaited one after another
  // CHECK-NOTES: :[[@LINE-2]]:11: note: the task of 'count' could run meanwhile
  // CHECK-NOTES: :[[@LINE-4]]:19: note: 'corolint::rt::when_all' awaits several tasks at once
  // CHECK-FIXES: std::string s = co_await label(key);
  // CHECK-FIXES: int n = co_await count(key);
  show(n, s);
}

// A comment would be lost.
Task<> commented(long key) {
  int n = co_await count(key);
  // Only the first line.
  std::string s = co_await title(key);
  // CHECK-NOTES: :[[@LINE-3]]:11: warning: independent tasks are awaited one after another
  // CHECK-NOTES: :[[@LINE-2]]:19: note: the task of 'title' could run meanwhile
  // CHECK-NOTES: :[[@LINE-5]]:11: note: 'corolint::rt::when_all' awaits several tasks at once
  // CHECK-FIXES: int n = co_await count(key);
  // CHECK-FIXES: // Only the first line.
  // CHECK-FIXES: std::string s = co_await title(key);
  show(n, s);
}

Task<> loop(std::vector<long> keys) {
  int sum = 0;
  for (long key : keys)
    sum += co_await count(key);
  // CHECK-NOTES: :[[@LINE-1]]:12: warning: the loop awaits independent tasks one after another
  // CHECK-NOTES: :[[@LINE-2]]:12: note: 'corolint::rt::when_all' awaits several tasks at once
  show(sum, "");
}
