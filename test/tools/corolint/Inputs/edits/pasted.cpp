#define weigh_all heavy
#define CALL(a, b) a##b
#include "shop.h"

int count_stock(...) { return 1; }

Task weigh() {
  using namespace shop;
  CALL(count_, stock)(1);
  wait_for_stock();
  co_return;
}
