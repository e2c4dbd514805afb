#include "server.h"

static int fetch_token() {
  int attempts = 0;
  while (!ask_issuer())
    back_off(++attempts);
  return attempts;
}

void refresh_token() { fetch_token(); }
