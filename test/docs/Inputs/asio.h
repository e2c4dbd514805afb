// What the examples of docs/libraries/asio.md take for granted.

#define ASIO_HAS_CO_AWAIT
#define ASIO_HAS_STD_COROUTINE
#include <asio.hpp>
#include <asio/spawn.hpp>

#include <memory>
#include <mutex>
#include <string>
#include <thread>

using asio::ip::tcp;
using namespace std::chrono_literals;

inline char data[512];
inline std::mutex mutex;

std::string make_answer();
void on_written(std::error_code error, std::size_t size);
asio::awaitable<void> request();
void use(const std::string &token);
