// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- --
// https://github.com/realsenseai/librealsense/pull/3783
// A backend keeps a thread that polls for events. The lambda refers to the parameters of
// the function that started it.

#include <atomic>
#include <thread>
struct Context { int descriptor; };
int pollEvents(Context *context);
class Backend {
  std::atomic<bool> running{false};
  std::thread thread;

public:
  void start_bad(Context *context) {
    running = true;
    thread = std::thread([&] { // warn: coro-dangling-reference
      while (running)
        pollEvents(context);
    });
  }
  void start_ok(Context *context) {
    running = true;
    thread = std::thread([this, context] {
      while (running)
        pollEvents(context);
    });
  }
  void stop() {
    running = false;
    thread.join();
  }
};
