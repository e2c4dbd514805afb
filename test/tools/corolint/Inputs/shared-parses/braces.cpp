#include "task.h"
#include "first.h"
#include "second.h"
namespace inner {
#include "config.h"
}

Task braces() {
  inner::configured();
  ordered();
  co_await std::suspend_always();
}
