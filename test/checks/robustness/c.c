// RUN: %check_corolint %s coro-* %t -std=c11,c17
// C has no coroutines, but event loops and annotations it has.

#include <corolint/annotations.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

COROLINT_BLOCKING int block(void);
COROLINT_BLOCKING_FOR("disk") int block_for_disk(void);
COROLINT_YIELDS void pump(void);
COROLINT_SYNC_WAIT int wait_for_work(void);

COROLINT_EVENT_LOOP void event_loop_bad(struct pollfd *fds) {
  block(); // warn: coro-blocking-call
  block_for_disk(); // warn: coro-blocking-call
  sleep(1); // warn: coro-blocking-call
  poll(fds, 1, -1); // warn: coro-blocking-call
  poll(fds, 1, 0);
  wait_for_work(); // warn: coro-sync-over-async
}

COROLINT_NO_YIELD void no_yield_bad(void) {
  pump(); // warn: coro-no-yield-region
}

void plain_ok(void) {
  block();
  sleep(1);
  pump();
}

static int through(void) { return block(); }
static int recursive(int n) { return n ? recursive(n - 1) : block(); }
COROLINT_EVENT_LOOP void inferred_bad(void) {
  through(); // warn: coro-blocking-call
  recursive(1); // warn: coro-blocking-call
}

COROLINT_EVENT_LOOP void pointer_ok(int (*f)(void)) { f(); }

COROLINT_ALLOW_BLOCKING COROLINT_EVENT_LOOP void allowed_ok(void) { block(); }

COROLINT_NONBLOCKING int trusted(void) { return block(); }
COROLINT_EVENT_LOOP void trusted_ok(void) { trusted(); }

void post(void (*f)(void) COROLINT_EVENT_LOOP);
static void callback_bad(void) {
  block(); // warn: coro-blocking-call
}
void pass(void) { post(callback_bad); }

// What only C has: statement expressions, VLAs, compound literals, labels.
COROLINT_EVENT_LOOP int c_only(int n) {
  int x = ({ block(); }); // warn: coro-blocking-call
  int a[n];
  (void)sizeof(int[n]);
  struct pollfd *p = (struct pollfd[]){{0, 0, 0}};
  void *targets[] = {&&out};
  goto *targets[0];
out:
  return x + a[0] + p->fd + _Generic(n, int: 1, default: block());
}
