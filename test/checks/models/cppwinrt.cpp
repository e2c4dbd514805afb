// RUN: %check_corolint %s \
// RUN:   coro-blocking-call,coro-busy-wait,coro-dangling-reference,coro-discarded-task,coro-lock-across-await,coro-sync-over-async %t \
// RUN:   -std=c++20 -- -- -isystem %source/test/model-headers/stubs
// C++/WinRT: what waits for an operation, where a coroutine goes on, and what is
// kept.

#include "coro.h"
#include <cppwinrt/winrt.h>
using namespace winrt;
using namespace Windows::Foundation;
using namespace std::chrono_literals;
using Windows::System::DispatcherQueue;
using Windows::System::Threading::ThreadPool;
using Windows::System::Threading::ThreadPoolTimer;
using Windows::UI::Xaml::Controls::Button;

COROLINT_BLOCKING int block();
IAsyncOperation<int> load(int);
IAsyncAction store(int);

IAsyncAction get_bad() {
  load(1).get();
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: call to 'get' waits synchronously for asynchronous work in coroutine 'get_bad'
  // CHECK-FIXES: co_await load(1);
  load(2).wait_for(5s); // warn: coro-sync-over-async
  co_return;
}
IAsyncAction poll_ok() {
  load(2).wait_for(0s);
  co_await load(1);
}
int at_start_ok() { return load(1).get(); }

/// Hops, and the way back.
fire_and_forget background_ok() {
  co_await resume_background();
  block();
}
fire_and_forget later_ok() {
  co_await resume_after(5s);
  block();
}
fire_and_forget signal_ok(void *handle) {
  co_await resume_on_signal(handle);
  block();
}
fire_and_forget duration_ok() {
  co_await 5s;
  block();
}
fire_and_forget pool_ok(const thread_pool &pool) {
  co_await pool;
  block();
}
fire_and_forget stays_ok() {
  co_await resume_background();
  co_await store(1);
  block();
}
fire_and_forget foreground_bad(DispatcherQueue ui) {
  co_await resume_background();
  co_await resume_foreground(ui);
  block(); // warn: coro-blocking-call
}
fire_and_forget apartment_bad() {
  apartment_context ui;
  co_await resume_background();
  co_await ui;
  block(); // warn: coro-blocking-call
}
fire_and_forget operation_bad() {
  co_await store(1);
  block(); // warn: coro-blocking-call
}

/// Events come on the thread of the window, work items on the pool.
void click_bad(Button button) {
  button.Click([](auto &&...) {
    block(); // warn: coro-blocking-call
  });
}
void enqueue_bad(DispatcherQueue queue) {
  queue.TryEnqueue([] {
    block(); // warn: coro-blocking-call
  });
}
void items_ok() {
  ThreadPool::RunAsync([](auto &&...) { block(); });
  ThreadPoolTimer::CreateTimer([](auto &&...) { block(); }, TimeSpan(5));
}
/// The delegate is destroyed when it has returned.
void item_bad(hstring name) {
  ThreadPool::RunAsync([name](IAsyncAction) -> fire_and_forget {
    co_await store(1);
    (void)name.empty(); // warn: coro-dangling-reference
  });
}
void item_ok(hstring name) {
  ThreadPool::RunAsync([name](IAsyncAction) -> fire_and_forget {
    auto mine = name;
    co_await store(1);
    (void)mine.empty();
  });
}

/// A dropped operation continues.
IAsyncAction dropped_ok() {
  store(1);
  co_await when_all(store(2), store(3));
}

IAsyncAction locked_bad(slim_mutex &mutex) {
  slim_lock_guard lock(mutex);
  co_await store(1); // warn: coro-lock-across-await
}
IAsyncAction manual_bad(slim_mutex &mutex) {
  mutex.lock_shared();
  co_await store(1); // warn: coro-lock-across-await
  mutex.unlock_shared();
}
IAsyncAction locked_ok(slim_mutex &mutex) {
  {
    slim_lock_guard lock(mutex);
  }
  co_await store(1);
}
IAsyncAction condition_bad(slim_mutex &mutex, slim_condition_variable &condition) {
  condition.wait(mutex, [] { return true; }); // warn: coro-blocking-call
  co_return;
}

/// The pool resumes at once: nothing is waited for.
extern bool done;
fire_and_forget spins_bad() {
  while (!done) // warn: coro-busy-wait
    co_await resume_background();
}

// An operation that is complete.
IAsyncAction status_ok(IAsyncOperation<int> operation) {
  if (operation.Status() == AsyncStatus::Completed)
    operation.get();
  co_await store(1);
}
IAsyncAction status_bad(IAsyncOperation<int> operation) {
  if (operation.Status() == AsyncStatus::Started)
    operation.get(); // warn: coro-sync-over-async
  co_await store(1);
}

// A delegate of a dispatcher is destroyed when it has run.
void dispatched_bad(Windows::UI::Core::CoreDispatcher ui, int n) {
  ui.RunAsync(0, [n]() -> fire_and_forget {
    co_await store(1);
    co_await store(n); // warn: coro-dangling-reference
  });
}
void enqueued_bad(Microsoft::UI::Dispatching::DispatcherQueue queue, int n) {
  queue.TryEnqueue([n]() -> fire_and_forget {
    co_await store(1);
    co_await store(n); // warn: coro-dangling-reference
  });
}
void dispatched_ok(Windows::UI::Core::CoreDispatcher ui, int n) {
  ui.RunAsync(0, [n]() -> fire_and_forget {
    const int kept = n;
    co_await store(1);
    co_await store(kept);
  });
}
