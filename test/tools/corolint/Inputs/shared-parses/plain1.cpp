#include "task.h"
#include "config.h"
#include "first.h"
#include "second.h"

Task plain1() {
  configured();
  ordered();
  co_await std::suspend_always();
}
