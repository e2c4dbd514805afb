#include "task.h"
#include "config.h"
#include "first.h"
#include "second.h"

Task plain2() {
  configured();
  ordered();
  co_await std::suspend_always();
}
