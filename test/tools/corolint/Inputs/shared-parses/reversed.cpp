#include "task.h"
#include "second.h"
#include "first.h"
#include "config.h"

Task reversed() {
  configured();
  ordered();
  co_await std::suspend_always();
}
