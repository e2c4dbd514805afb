#pragma once
#include <coroutine>
#include <map>
#include <memory>
#include <vector>

struct Lazy {
  struct promise_type {
    Lazy get_return_object();
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>) const noexcept;
  void await_resume() const;
};

struct Socket {
  void send(int);
};
Lazy flush();
void spawn(Lazy);
int next();

// Its events are in another file than its coroutines.
class Server {
public:
  Lazy publish();
  Lazy broadcast();
  Lazy rename();
  Lazy finish();
  Lazy drain();
  Lazy claim();
  Lazy retry();
  Lazy forget();
  Lazy notify();
  Lazy count();
  Lazy tally();
  void start();
  void onClosed();
  void onJoin(int Id);
  void onLeave(int Id);
  void onStop();
  void step();

private:
  void fail();
  void learn();

  std::unique_ptr<Socket> Peer, Backup, Spare;
  std::vector<int> Members;
  std::map<int, int> Names;
  bool Dirty = false, Failed = false, Running = true, Known = false;
  int Total = 0, Steps = 0;
};

// Global state of one file, used in another.
extern std::unique_ptr<Socket> Console;
void closeConsole();
Lazy print();

// Made in one file, and changed by nobody else.
struct Point {
  std::unique_ptr<Socket> At;
};
struct Pair {
  Point Left, Right;
  Lazy move();
  void dropRight();
};
