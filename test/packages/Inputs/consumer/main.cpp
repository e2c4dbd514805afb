#include <corolint/annotations.h>
#include <corolint/rt.h>

int main() {
  return corolint::rt::sync_wait([]() -> corolint::rt::Task<int> { co_return 0; }());
}
