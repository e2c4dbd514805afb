#include "server.h"

std::unique_ptr<Socket> Console;

void Server::onClosed() {
  Peer.reset();
}

void Server::onJoin(int Id) {
  Members.push_back(Id);
  Names[Id] = Id;
  Dirty = true;
}

void Server::onStop() {
  Running = false;
  Spare.reset();
}

void Server::learn() { Known = true; }

void Server::fail() { Failed = true; }

void closeConsole() { Console.reset(); }

void Pair::dropRight() { Right.At.reset(); }

// The names of a structured binding are nobody else's.
int split(const std::pair<int, int> &both) {
  auto [first, second] = both;
  ++first;
  second = first;
  return second;
}
