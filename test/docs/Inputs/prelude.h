// What the examples of the pages take for granted.

#include "coro.h"

#include <atomic>
#include <chrono>
#include <functional>
#include <future>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

using namespace std::chrono_literals;

template <typename T = void> using Task = coro::task<T>;

coro::async_awaiter<int> ask_server();
coro::async_awaiter<> send();
coro::async_awaiter<> save();
coro::async_awaiter<> sleep_for(std::chrono::seconds);
void use(int);
void print(std::string_view);

struct Loop {
  std::vector<std::function<void()>> ready;
  void post(std::function<void()> work) { ready.push_back(std::move(work)); }
};

inline int balance = 0;
inline std::mutex mutex;
