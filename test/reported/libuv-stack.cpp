// RUN: %check_corolint %s coro-dangling-reference %t -std=c++20 -- --
// https://github.com/libuv/help/issues/135
// The request of a write is a local variable.
#include <cstddef>
#include <cstdlib>
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
struct write_req_t {
  uv_write_t req;
  uv_buf_t buf;
};
static void on_write(uv_write_t *req, int) { free(reinterpret_cast<write_req_t *>(req)->buf.base); }
static void on_write_ok(uv_write_t *req, int) { free(reinterpret_cast<write_req_t *>(req)->buf.base); free(req); }
void echo_read_bad(uv_stream_t *client, ssize_t nread, const uv_buf_t *) {
  if (nread > 0) {
    write_req_t req;
    char *text = static_cast<char *>(malloc(2));
    text[0] = text[1] = 'a';
    req.buf = uv_buf_init(text, 2);
    uv_write((uv_write_t *)&req, client, &req.buf, 1, on_write); // warn: coro-dangling-reference
  }
}
void echo_read_ok(uv_stream_t *client, ssize_t nread, const uv_buf_t *) {
  if (nread > 0) {
    auto *req = static_cast<write_req_t *>(malloc(sizeof(write_req_t)));
    char *text = static_cast<char *>(malloc(2));
    text[0] = text[1] = 'a';
    req->buf = uv_buf_init(text, 2);
    uv_write((uv_write_t *)req, client, &req->buf, 1, on_write_ok);
  }
}
