#ifndef APP_H
#define APP_H

#include "coro.h"
#include <memory>

namespace app {

void block();
int wait();

struct pool {};
struct loop {};
struct other {};
template <typename T = void> class future {};
struct yield {};
struct widget {
  virtual void on_click() {}
  virtual void paint() {}
};
struct actor {};

coro::async_awaiter<> to_background();
coro::async_awaiter<> to_foreground();
struct background_awaiter : coro::async_awaiter<> {};
coro::async_awaiter<> move_to(int thread);
template <typename E> coro::async_awaiter<> resume_on(E &executor);

struct token {};
template <typename E, typename T> T bind_executor(E &executor, T t);
template <typename T> coro::async_awaiter<> read(T t);
template <typename F, typename... A> F bind(F f, A... bound);

struct server {
  template <auto F> void register_handler();
};
template <typename F> void on_event(F f) {}
template <typename E, typename F> void post(E &executor, F f) {}
template <typename F> void on_fiber(F f) {}
template <typename F> void on_pool(F f) {}

} // namespace app

#endif
