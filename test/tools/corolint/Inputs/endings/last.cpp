#include "api.h"
#include <cstdlib>
#include <unistd.h>

void note(const char *Text) { ::sleep(1); }

void last() {
  ::sleep(1);
  std::exit(1);
}

bool check(int Value) {
  if (Value < 0) {
    ::sleep(1);
    die("negative");
  }
  return Value != 0;
}
