// REQUIRES: libuv-headers
// RUN: %check_corolint %s coro-blocking-call %t -std=c++20
// https://github.com/canonical/dqlite/issues/481
// A statement is stepped on the thread of the loop, where the messages of Raft wait.
#include <sqlite3.h>
#include <string>
#include <uv.h>

class Gateway {
  sqlite3_stmt *stmt = nullptr;

public:
  int handle(const char *data, ssize_t size) {
    if (size > 0 && data[0] == 'q')
      return queryBatch();
    return 0;
  }
  int queryBatch() {
    int rows = 0;
    while (sqlite3_step(stmt) == SQLITE_ROW)
      ++rows;
    return rows;
  }
};
struct Connection {
  uv_tcp_t transport;
  uv_work_t work;
  Gateway gateway;
};
static void alloc(uv_handle_t *, size_t size, uv_buf_t *buf) { *buf = uv_buf_init(new char[size], unsigned(size)); }

static void read_bad(uv_stream_t *stream, ssize_t nread, const uv_buf_t *buf) {
  auto *c = static_cast<Connection *>(stream->data);
  if (nread > 0)
    c->gateway.handle(buf->base, nread); // warn: coro-blocking-call
  delete[] buf->base;
}
static void read_ok(uv_stream_t *stream, ssize_t nread, const uv_buf_t *buf) {
  auto *c = static_cast<Connection *>(stream->data);
  c->work.data = c;
  if (nread > 0)
    uv_queue_work(stream->loop, &c->work, [](uv_work_t *w) { static_cast<Connection *>(w->data)->gateway.queryBatch(); },
                  [](uv_work_t *, int) {});
  delete[] buf->base;
}
void start(Connection *c, bool better) {
  auto *stream = reinterpret_cast<uv_stream_t *>(&c->transport);
  if (better)
    uv_read_start(stream, alloc, read_ok);
  else
    uv_read_start(stream, alloc, read_bad);
}
