#include "api.h"
#include <unistd.h>

struct Slow {
  ~Slow() { sleep(1); }
};

namespace {
struct Derived : Base {
  Slow slow; // The destructor is nobody's writing.
};
struct Silent : Quiet {
  int number = 0;
};
} // namespace

Base::~Base() {}
Quiet::~Quiet() {}
Base *makeBase() { return new Derived; }
Quiet *makeQuiet() { return new Silent; }
Owned::~Owned() { usleep(1); }
