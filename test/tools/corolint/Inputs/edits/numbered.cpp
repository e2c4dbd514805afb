#include "shop.h"

#define JOIN(a, b) a##b
#define NAMED_AFTER(line) JOIN(close_, line)

// One.
Task NAMED_AFTER(__LINE__)() {
  shop::wait_for_stock();
  co_return;
}
