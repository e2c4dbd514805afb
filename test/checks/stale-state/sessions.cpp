// RUN: %check_corolint %s coro-stale-state %t
// Objects that one coroutine owns: nothing here is anybody else's.
#include "coro.h"
#include <memory>
#include <string>
#include <vector>

struct Socket {
  coro::task<int> read(char *, int);
  coro::task<> write(const std::string &);
};
template <typename T> void spawn(T &&);

// Made in the call that spawns it.
class Session : public std::enable_shared_from_this<Session> {
  Socket socket;
  std::string buffer;
  std::vector<std::string> lines;
  bool open = true;

  coro::task<> fill() {
    if (buffer.empty()) {
      char data[64];
      int count = co_await socket.read(data, 64);
      buffer.append(data, count);
      open = count > 0;
    }
  }
  void parse() {
    lines.push_back(buffer);
    buffer.clear();
  }

public:
  explicit Session(Socket);
  coro::task<> run_ok() {
    auto self = shared_from_this();
    while (open) {
      co_await fill();
      parse();
      for (auto &line : lines)
        co_await socket.write(line);
      lines.clear();
      if (buffer.size() > 10) {
        co_await socket.write(buffer);
        buffer.clear();
      }
    }
  }
};
void accept(Socket socket) {
  spawn(std::make_shared<Session>(std::move(socket))->run_ok());
}

// Each call of a loop has an object of its own.
struct Visitor {
  int count = 0;
  coro::task<int> ask();
  coro::task<> run_ok() {
    count = count + co_await ask();
    for (int i = 0; i < 3; ++i)
      co_await ask();
  }
};
void visitors() {
  while (true) {
    auto visitor = std::make_shared<Visitor>();
    spawn(visitor->run_ok());
  }
}

// A parser on the stack of the coroutine that uses it.
class Parser {
  std::vector<int> tokens;

public:
  void reset() { tokens.clear(); }
  coro::task<> parse_ok(Socket &socket) {
    for (int &token : tokens)
      co_await socket.write(std::to_string(token));
    if (!tokens.empty()) {
      co_await socket.write("");
      tokens.pop_back();
    }
  }
};
coro::task<> parseAll(Socket &socket) {
  Parser parser;
  co_await parser.parse_ok(socket);
  parser.reset();
  co_await parser.parse_ok(socket);
}

// State in the coroutine's own frame.
coro::task<> frame_ok(Socket &socket) {
  std::vector<std::string> pending{"a"};
  auto last = std::make_unique<std::string>();
  while (!pending.empty()) {
    co_await socket.write(pending.back());
    pending.pop_back();
  }
  if (last) {
    co_await socket.write(*last);
    last->clear();
    last.reset();
  }
}
