#include "server.h"

void Server::start() {
  for (int I = 0; I != 3; ++I)
    spawn(count());
}

void Server::step() {
  if (next())
    fail();
  ++Steps;
  spawn(tally());
}
