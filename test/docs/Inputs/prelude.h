// What the examples of the pages take for granted.

#include "coro.h"

#include <atomic>
#include <chrono>
#include <future>
#include <mutex>
#include <thread>

using namespace std::chrono_literals;

template <typename T = void> using Task = coro::task<T>;

coro::async_awaiter<int> ask_server();
coro::async_awaiter<> send();
coro::async_awaiter<> save();
coro::async_awaiter<> sleep_for(std::chrono::seconds);
void use(int);

inline int balance = 0;
inline std::mutex mutex;
