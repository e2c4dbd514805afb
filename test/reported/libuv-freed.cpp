// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- --
// https://github.com/libuv/libuv/issues/1816
// A reply is written, and its text freed at once.
#include <cstdio>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <sys/types.h>
extern "C" {
typedef struct uv_loop_s uv_loop_t;
typedef struct uv_stream_s { void *data; uv_loop_t *loop; } uv_stream_t;
typedef struct uv_handle_s { void *data; uv_loop_t *loop; } uv_handle_t;
typedef struct uv_write_s { void *data; uv_stream_t *handle; } uv_write_t;
typedef struct uv_getaddrinfo_s { void *data; uv_loop_t *loop; } uv_getaddrinfo_t;
typedef struct uv_buf_t { char *base; size_t len; } uv_buf_t;
struct addrinfo;
typedef void (*uv_write_cb)(uv_write_t *req, int status);
typedef void (*uv_connection_cb)(uv_stream_t *server, int status);
typedef void (*uv_alloc_cb)(uv_handle_t *handle, size_t suggested_size, uv_buf_t *buf);
typedef void (*uv_read_cb)(uv_stream_t *stream, ssize_t nread, const uv_buf_t *buf);
typedef void (*uv_getaddrinfo_cb)(uv_getaddrinfo_t *req, int status, struct addrinfo *res);
uv_buf_t uv_buf_init(char *base, unsigned int len);
int uv_write(uv_write_t *req, uv_stream_t *handle, const uv_buf_t bufs[], unsigned int nbufs, uv_write_cb cb);
int uv_read_start(uv_stream_t *, uv_alloc_cb alloc_cb, uv_read_cb read_cb);
int uv_listen(uv_stream_t *stream, int backlog, uv_connection_cb cb);
int uv_getaddrinfo(uv_loop_t *loop, uv_getaddrinfo_t *req, uv_getaddrinfo_cb cb, const char *node, const char *service, const struct addrinfo *hints);
}
static void done_bad(uv_write_t *req, int) { free(req); }
static void done_ok(uv_write_t *req, int) {
  free(req->data);
  free(req);
}
void reply_bad(uv_stream_t *stream, int i) {
  char *p = static_cast<char *>(calloc(257, 1));
  sprintf(p, "echo reply %d\n", i);
  uv_buf_t tmp = uv_buf_init(p, strlen(p));
  auto *req = static_cast<uv_write_t *>(calloc(1, sizeof(uv_write_t)));
  uv_write(req, stream, &tmp, 1, done_bad); // warn: coro-dangling-reference
  free(p);
}
void reply_ok(uv_stream_t *stream, int i) {
  char *p = static_cast<char *>(calloc(257, 1));
  sprintf(p, "echo reply %d\n", i);
  uv_buf_t tmp = uv_buf_init(p, strlen(p));
  auto *req = static_cast<uv_write_t *>(calloc(1, sizeof(uv_write_t)));
  req->data = p;
  if (uv_write(req, stream, &tmp, 1, done_ok) != 0) {
    free(p);
    free(req);
  }
}
