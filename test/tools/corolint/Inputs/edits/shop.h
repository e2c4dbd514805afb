#pragma once
#include "task.h"
#include "list.h"

#define SHOP_API

void nap();

namespace shop {

struct Order {
  int number;
};

List<Order> orders_of(int customer);

int price(const Order &order);

// Blocks.
inline void wait_for_stock() {
  nap();
}

template <class T> struct Box {
  T value;
};

#define SHOP_TWICE(x) \
  (2 * (x))

inline const char *banner() {
  return R"(
open
)";
}

inline Task restock() {
  // NOLINTNEXTLINE(coro-blocking-call)
  nap();
  wait_for_stock();
  co_return;
}

} // namespace shop
