// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20
// Threads that outlive the function which starts them, and refer to its
// variables.

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

void poll(int *context);
void show(const std::string &);

struct Worker {
  std::thread thread;
  std::vector<std::thread> threads;
  std::atomic<bool> running{false};

  void assigned_bad(int *context) {
    thread = std::thread([&] { // warn: coro-dangling-reference
      while (running)
        poll(context);
    });
  }
  void pushed_bad(int n) {
    std::string text = std::to_string(n);
    threads.push_back(std::thread([&text] { show(text); })); // warn: coro-dangling-reference
  }
  void emplaced_bad(int n) {
    for (int i = 0; i < n; ++i) {
      std::string text = std::to_string(i);
      threads.emplace_back([&text] { show(text); }); // warn: coro-dangling-reference
    }
  }

  void copied_ok(int *context) {
    thread = std::thread([this, context] {
      while (running)
        poll(context);
    });
  }
  void this_ok() {
    thread = std::thread([&] { running = false; });
  }
  void reference_ok(std::string &text) {
    thread = std::thread([&text] { show(text); });
  }
  void joined_ok(int n) {
    std::string text = std::to_string(n);
    thread = std::thread([&text] { show(text); });
    thread.join();
  }
  /// A function that nobody sees may join the thread.
  void stop();
  void stopped_ok(int n) {
    std::string text = std::to_string(n);
    thread = std::thread([&text] { show(text); });
    stop();
  }
};
void local_ok(int n) {
  std::string text = std::to_string(n);
  std::thread thread([&text] { show(text); });
  thread.join();
}
void local_vector_ok(int n) {
  std::string text = std::to_string(n);
  std::vector<std::thread> threads;
  for (int i = 0; i < n; ++i)
    threads.push_back(std::thread([&text] { show(text); }));
  for (auto &thread : threads)
    thread.join();
}
void destroyed_ok(int n) {
  std::string text = std::to_string(n);
  std::jthread thread([&text] { show(text); });
}
