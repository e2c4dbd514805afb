extern "C" {
#include <stddef.h>
#include <unistd.h>
}
#include "task.h"
#include "config.h"
#include "first.h"
#include "second.h"

Task linkage() {
  configured();
  ordered();
  co_await std::suspend_always();
}
