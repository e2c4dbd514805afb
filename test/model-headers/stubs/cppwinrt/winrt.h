// C++/WinRT as of 2026-06 (a31a05ce), as far as lib/model/cppwinrt.yaml names
// it: what its base library defines, and the shape of the headers that it
// generates.
#ifndef COROLINT_STUB_CPPWINRT_H
#define COROLINT_STUB_CPPWINRT_H

#include "../coroutine.h"
#include <chrono>
#include <string_view>

namespace winrt {

struct hstring {
  hstring();
  hstring(const wchar_t *);
  explicit hstring(std::wstring_view);
  hstring(const hstring &);
  hstring &operator=(const hstring &);
  ~hstring();
  bool empty() const noexcept;
};

namespace Windows::Foundation {
struct IInspectable {};
enum class AsyncStatus { Started, Completed, Canceled, Error };
using TimeSpan = std::chrono::duration<long long, std::ratio<1, 10000000>>;
} // namespace Windows::Foundation

namespace impl {
template <typename D> struct consume_Windows_Foundation_IAsyncAction {
  auto get() const -> void;
  auto wait_for(Windows::Foundation::TimeSpan const &) const -> int;
  auto Status() const -> Windows::Foundation::AsyncStatus;
};
template <typename D, typename P>
struct consume_Windows_Foundation_IAsyncActionWithProgress {
  auto get() const -> void;
  auto wait_for(Windows::Foundation::TimeSpan const &) const -> int;
  auto Status() const -> Windows::Foundation::AsyncStatus;
};
template <typename D, typename T>
struct consume_Windows_Foundation_IAsyncOperation {
  auto get() const -> T;
  auto wait_for(Windows::Foundation::TimeSpan const &) const -> int;
  auto Status() const -> Windows::Foundation::AsyncStatus;
};
template <typename D, typename T, typename P>
struct consume_Windows_Foundation_IAsyncOperationWithProgress {
  auto get() const -> T;
  auto wait_for(Windows::Foundation::TimeSpan const &) const -> int;
  auto Status() const -> Windows::Foundation::AsyncStatus;
};
struct timespan_awaiter : stub::Awaitable<> {};
struct signal_awaiter : stub::Awaitable<bool> {};
} // namespace impl

namespace Windows::Foundation {
struct IAsyncAction
    : IInspectable,
      impl::consume_Windows_Foundation_IAsyncAction<IAsyncAction> {
  using promise_type = stub::Promise<IAsyncAction, void, std::suspend_never>;
  IAsyncAction(std::nullptr_t = nullptr);
  template <typename F> void Completed(F &&) const;
};
template <typename P>
struct IAsyncActionWithProgress
    : IInspectable,
      impl::consume_Windows_Foundation_IAsyncActionWithProgress<
          IAsyncActionWithProgress<P>, P> {
  using promise_type =
      stub::Promise<IAsyncActionWithProgress<P>, void, std::suspend_never>;
  IAsyncActionWithProgress(std::nullptr_t = nullptr);
};
template <typename T>
struct IAsyncOperation
    : IInspectable,
      impl::consume_Windows_Foundation_IAsyncOperation<IAsyncOperation<T>, T> {
  using promise_type = stub::Promise<IAsyncOperation<T>, T, std::suspend_never>;
  IAsyncOperation(std::nullptr_t = nullptr);
  template <typename F> void Completed(F &&) const;
};
template <typename T, typename P>
struct IAsyncOperationWithProgress
    : IInspectable,
      impl::consume_Windows_Foundation_IAsyncOperationWithProgress<
          IAsyncOperationWithProgress<T, P>, T, P> {
  using promise_type =
      stub::Promise<IAsyncOperationWithProgress<T, P>, T, std::suspend_never>;
  IAsyncOperationWithProgress(std::nullptr_t = nullptr);
};
inline stub::Awaitable<> operator co_await(IAsyncAction const &);
template <typename T>
stub::Awaitable<T> operator co_await(IAsyncOperation<T> const &);
} // namespace Windows::Foundation

inline impl::timespan_awaiter
operator co_await(Windows::Foundation::TimeSpan const &);

struct fire_and_forget {
  using promise_type = stub::Promise<fire_and_forget, void, std::suspend_never>;
};

//===-- Where a coroutine goes on -----------------------------------------===//

struct apartment_context {
  apartment_context();
  stub::Awaitable<> operator co_await() const;
};
struct thread_pool {
  thread_pool();
  stub::Awaitable<> operator co_await() const;
};
namespace Windows::UI::Core {
struct CoreDispatcher {
  template <typename F>
  Windows::Foundation::IAsyncAction RunAsync(int priority, F &&) const {
    return {};
  }
  template <typename F>
  Windows::Foundation::IAsyncOperation<bool> TryRunAsync(int, F &&) const {
    return {};
  }
};
} // namespace Windows::UI::Core
namespace Windows::System {
struct DispatcherQueue {
  template <typename F> bool TryEnqueue(F &&) const { return true; }
};
} // namespace Windows::System
namespace Microsoft::UI::Dispatching {
struct DispatcherQueue {
  template <typename F> bool TryEnqueue(F &&) const { return true; }
};
} // namespace Microsoft::UI::Dispatching
[[nodiscard]] stub::Awaitable<> resume_background() noexcept;
template <typename T>
[[nodiscard]] stub::Awaitable<> resume_background(T const &) noexcept;
[[nodiscard]] stub::Awaitable<>
resume_foreground(Windows::UI::Core::CoreDispatcher const &) noexcept;
[[nodiscard]] stub::Awaitable<bool>
resume_foreground(Windows::System::DispatcherQueue const &) noexcept;
[[nodiscard]] impl::timespan_awaiter
    resume_after(Windows::Foundation::TimeSpan) noexcept;
[[nodiscard]] impl::signal_awaiter resume_on_signal(void *handle) noexcept;
template <typename A> stub::Awaitable<> resume_agile(A &&);

struct get_progress_token_t {};
struct get_cancellation_token_t {};

template <typename... T> Windows::Foundation::IAsyncAction when_all(T...);

//===-- Objects and locks -------------------------------------------------===//

template <typename T> struct com_ptr {
  T *get() const noexcept;
  T *operator->() const noexcept;
  T &operator*() const noexcept;
  explicit operator bool() const noexcept;
  void attach(T *) noexcept;
  T *detach() noexcept;
};
template <typename T> struct weak_ref {
  weak_ref(const weak_ref &);
  ~weak_ref();
  com_ptr<T> get() const noexcept;
};
template <typename D, typename... I> struct implements {
  com_ptr<D> get_strong();
  weak_ref<D> get_weak();
};

struct event_token {};
template <typename... T> struct delegate {
  template <typename F> delegate(F &&) {}
};
template <typename Delegate> struct event {
  event_token add(Delegate const &delegate);
  void remove(event_token token);
  template <typename... A> void operator()(A const &...arguments);
};

struct slim_mutex {
  void lock() noexcept;
  void lock_shared() noexcept;
  bool try_lock() noexcept;
  bool try_lock_shared() noexcept;
  void unlock() noexcept;
  void unlock_shared() noexcept;
};
struct slim_lock_guard {
  explicit slim_lock_guard(slim_mutex &) noexcept;
  ~slim_lock_guard() noexcept;
};
struct slim_shared_lock_guard {
  explicit slim_shared_lock_guard(slim_mutex &) noexcept;
  ~slim_shared_lock_guard() noexcept;
};
struct slim_condition_variable {
  template <typename P> void wait(slim_mutex &, P predicate) {}
  template <typename P>
  bool wait_for(slim_mutex &, std::chrono::milliseconds, P predicate);
};

//===-- Two of the many classes that are generated ------------------------===//

namespace Windows::UI::Xaml {
struct RoutedEventArgs {};
struct RoutedEventHandler {
  template <typename F> RoutedEventHandler(F) {}
};
namespace Controls {
struct Button {
  int Click(RoutedEventHandler const &handler) const;
  template <typename F> int Click(F &&) const { return 0; }
};
} // namespace Controls
} // namespace Windows::UI::Xaml

namespace Windows::System::Threading {
struct ThreadPool {
  template <typename F> static Foundation::IAsyncAction RunAsync(F &&) {
    return {};
  }
};
struct ThreadPoolTimer {
  template <typename F>
  static ThreadPoolTimer CreateTimer(F &&, Foundation::TimeSpan) {
    return {};
  }
  template <typename F>
  static ThreadPoolTimer CreatePeriodicTimer(F &&, Foundation::TimeSpan) {
    return {};
  }
};
} // namespace Windows::System::Threading

} // namespace winrt

#endif // COROLINT_STUB_CPPWINRT_H
