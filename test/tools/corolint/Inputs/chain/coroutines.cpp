#include "api.h"
#include "task.h"

Task one_bad() {
  one();
  co_await std::suspend_always();
}

Task five_bad() {
  five();
  co_await std::suspend_always();
}

Task header_bad() {
  headerOnly();
  co_await std::suspend_always();
}

Task template_bad() {
  templated([] {});
  co_await std::suspend_always();
}

Task virtual_bad() {
  diskStore().flush();
  co_await std::suspend_always();
}

Task callback_bad() {
  invoke(sleeps);
  co_await std::suspend_always();
}

Task sync_bad() {
  fetch();
  co_await std::suspend_always();
}

Task recursive_bad() {
  recursive(3);
  co_await std::suspend_always();
}

namespace {
void internal() { one(); }
} // namespace

Task internal_bad() {
  internal();
  co_await std::suspend_always();
}

COROLINT_NO_YIELD void region_bad() { pump(); }

Task harmless_ok() {
  harmless();
  co_await std::suspend_always();
}

Task kept_ok() {
  keep(sleeps);
  co_await std::suspend_always();
}

Task allowed_ok() {
  allowed();
  co_await std::suspend_always();
}

Task suppressed_ok() {
  one(); // NOLINT(coro-blocking-call)
  // NOLINTNEXTLINE
  one();
  // NOLINTBEGIN(coro-*)
  five();
  // NOLINTEND(coro-*)
  co_await std::suspend_always();
}

void registers() {
  post(onEvent);
  post(onQuietEvent);
}
