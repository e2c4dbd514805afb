#define SLOW
#include "task.h"
#include "config.h"
#include "first.h"
#include "second.h"

Task slow() {
  configured();
  co_await std::suspend_always();
}
