// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/redpanda-data/redpanda/pull/23994
// A loop that retries is a coroutine with a callable by reference. A function that is no coroutine passes a lambda and
// returns the future.
#include <chrono>
#include <optional>
#include <seastar/seastar.hh>
#include <string>
#include <utility>
using seastar::future;
enum class errc { success, timeout };
struct retry_chain {
  std::optional<std::chrono::milliseconds> retry();
};
template <typename F> future<errc> retry_loop_bad(retry_chain &chain, F &&try_func) {
  while (true) {
    if (co_await try_func() == errc::success)
      co_return errc::success;
    auto delay = chain.retry();
    if (!delay)
      co_return errc::timeout;
    co_await seastar::sleep(*delay);
  }
}
template <typename F> future<errc> retry_loop_ok(retry_chain &chain, F try_func) {
  while (true) {
    if (co_await try_func() == errc::success)
      co_return errc::success;
    auto delay = chain.retry();
    if (!delay)
      co_return errc::timeout;
    co_await seastar::sleep(*delay);
  }
}
class backend {
  future<errc> do_unmount(const std::string &topic);

public:
  future<errc> unmount_bad(const std::string &topic, retry_chain &chain) {
    return retry_loop_bad(chain, [this, &topic] { return do_unmount(topic); }); // warn: coro-dangling-reference
  }
  future<errc> unmount_ok(const std::string &topic, retry_chain &chain) {
    return retry_loop_ok(chain, [this, &topic] { return do_unmount(topic); });
  }
  future<errc> awaited_ok(std::string topic, retry_chain &chain) {
    co_return co_await retry_loop_bad(chain, [this, &topic] { return do_unmount(topic); });
  }
};
