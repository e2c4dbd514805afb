#include "task.h"
task before_bad() {
  sleep(1);
  co_return;
}
#include "missing.h"
task work() {
  sleep(1);
  co_return;
}
// A destructor whose members' classes Clang does not instantiate any more.
template <class T> struct box {
  ~box();
  T content;
};
void other();
struct owner {
  box<int> content;
  ~owner() {
    other();
    sleep(1);
  }
};
