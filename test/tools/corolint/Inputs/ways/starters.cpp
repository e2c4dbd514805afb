#include "api.h"
#include "task.h"
#include <unistd.h>

Task alone() {
  sleep(1);
  co_await std::suspend_always();
}

Task worker() {
  sleep(1);
  co_await std::suspend_always();
}
