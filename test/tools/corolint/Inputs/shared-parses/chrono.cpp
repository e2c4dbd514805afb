// Includes as the first of the system's headers one that the others do not
// include, and that includes much of what they have.
#include <chrono>
#include "task.h"
#include "config.h"
#include "first.h"
#include "second.h"

Task chrono() {
  configured();
  ordered();
  co_await std::suspend_always();
}
