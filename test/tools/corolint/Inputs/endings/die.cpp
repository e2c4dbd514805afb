#include "api.h"

void die(const char *Reason) {
  note(Reason);
  last();
}

void warn(const char *Reason) {
  note(Reason);
  if (!Reason)
    last();
}
