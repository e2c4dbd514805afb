// RUN: %check_corolint %s coro-discarded-task %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/jbaldwin/libcoro/issues/106
// A plain function wants to start a coroutine and forget it: dropping the task destroys the
// coroutine before it begins.
#include <libcoro/libcoro.h>
#include <memory>
#include <utility>
namespace coro {
class task_container {
public:
  void start(task<void> user_task);
};
} // namespace coro
struct Item {
  coro::thread_pool &scheduler;
  void work();
};
coro::task<void> process(Item *item) {
  co_await item->scheduler.schedule();
  item->work();
}
void reported_bad(Item *item) {
  process(item); // warn: coro-discarded-task
}
void named_bad(Item *item) {
  auto running = process(item); // warn: coro-discarded-task
  item->work();
}
void mended_ok(Item *item, coro::task_container &tasks) { tasks.start(process(item)); }
void named_ok(Item *item, coro::task_container &tasks) {
  auto running = process(item);
  tasks.start(std::move(running));
}
