#include "api.h"
#include "task.h"

Task delete_bad(Base *base) {
  delete base;
  co_await std::suspend_always();
}

Task owner_bad() {
  std::unique_ptr<Base> base(makeBase());
  co_await std::suspend_always();
}

Task owned_bad() {
  std::unique_ptr<Owned> owned(new Owned);
  co_await std::suspend_always();
}

Task quiet_ok() {
  std::unique_ptr<Quiet> quiet(makeQuiet());
  delete makeQuiet();
  co_await std::suspend_always();
}

Task through_bad() {
  through(sleeps);
  co_await std::suspend_always();
}

Task farther_bad() {
  farther([] { sleepsToo(); });
  co_await std::suspend_always();
}

static void mine(Callback callback) { farther(callback); }

Task mine_bad() {
  mine(sleeps);
  co_await std::suspend_always();
}

Task kept_ok() {
  keepThrough(sleeps);
  co_await std::suspend_always();
}

Task declared_bad() {
  declaredThere();
  co_await std::suspend_always();
}

Task trusted_ok() {
  trustedThere();
  co_await std::suspend_always();
}

Task either_bad() {
  either();
  co_await std::suspend_always();
}

Task allowed_ok() {
  byAllowed();
  co_await std::suspend_always();
}

Task equally_bad() {
  equally();
  co_await std::suspend_always();
}

// Tables of functions that other files define.
static const Callback table[] = {onIdle, sleepsToo};
static const Callback quiet[] = {onIdle, onIdle};

Task table_bad(int number) {
  table[number]();
  co_await std::suspend_always();
}

Task table_ok(int number) {
  quiet[number]();
  table[0]();
  co_await std::suspend_always();
}

void registers() {
  post(onEvent);
  post(onIdle);
  post([] { sleepsToo(); /* in the lambda */ });
  exclusive(inside);
  offload(onWorker);
  offload([] { sleepsToo(); /* ok, there */ });
}

void starts() {
  exclusively(alone);
  exclusively([]() -> Task {
    co_await std::suspend_always(); /* in the coroutine */
    co_await std::suspend_never();
  });
  aside(worker);
  aside([]() -> Task {
    sleepsToo(); /* ok, there */
    co_await std::suspend_always();
  });
}

// What the event loop runs is reported there, not here.
Task event_ok() {
  onEvent();
  onWorker();
  co_await std::suspend_always();
}
