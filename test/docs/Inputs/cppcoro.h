// What the examples of docs/libraries/cppcoro.md take for granted.

#include <cppcoro/cppcoro.h>

#include <corolint/annotations.h>

#include <atomic>
#include <mutex>
#include <thread>
#include <utility>

using cppcoro::task;

task<int> query();
task<> process(int item);
void use(int);
