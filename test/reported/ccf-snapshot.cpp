// REQUIRES: libuv-headers
// RUN: %check_corolint %s coro-blocking-call %t -std=c++20
// https://github.com/microsoft/CCF/pull/7035
// A snapshot is synchronised to the disk in the handler of a message.

#include <unistd.h>
#include <uv.h>

struct Snapshots {
  int fd = -1;
  uv_work_t work;
  uv_async_t committed;
};
void finish(Snapshots &s) { fsync(s.fd); }

void on_message_bad(uv_async_t *handle) {
  finish(*static_cast<Snapshots *>(handle->data)); // warn: coro-blocking-call
}
void on_message_ok(uv_async_t *handle) {
  auto *s = static_cast<Snapshots *>(handle->data);
  s->work.data = s;
  uv_queue_work(
      handle->loop, &s->work, [](uv_work_t *work) { finish(*static_cast<Snapshots *>(work->data)); },
      [](uv_work_t *, int) {});
}
void start(uv_loop_t *loop, Snapshots &s, bool mended_ok) {
  s.committed.data = &s;
  uv_async_init(loop, &s.committed, on_message_bad);
  uv_async_init(loop, &s.committed, on_message_ok);
}
