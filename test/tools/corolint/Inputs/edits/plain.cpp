#include "shop.h"
#include <unistd.h>

void nap() { sleep(1); }

// Not a pretty one.
Task sell(shop::Order order) {
  if (shop::price(order) > 1)
    shop::wait_for_stock();
  co_return;
}
