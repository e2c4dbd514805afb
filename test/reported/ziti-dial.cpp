// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- --
// https://github.com/openziti/ziti-tunnel-sdk-c/issues/753
// A tunneler looks up the hosted server's name on the loop when a connection arrives.
#include <cstddef>
#include <netdb.h>
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
struct hosted_service { uv_loop_t *loop; const char *host; const char *port; uv_getaddrinfo_t request; };
static int do_bind(hosted_service *service, addrinfo **out) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  return getaddrinfo(service->host, service->port, &hints, out);
}
void on_client_bad(uv_stream_t *server, int status) {
  if (status < 0)
    return;
  addrinfo *dial = nullptr;
  do_bind(static_cast<hosted_service *>(server->data), &dial); // warn: coro-blocking-call
}
void on_resolved(uv_getaddrinfo_t *, int, addrinfo *) {}
void on_client_ok(uv_stream_t *server, int status) {
  if (status < 0)
    return;
  auto *service = static_cast<hosted_service *>(server->data);
  uv_getaddrinfo(service->loop, &service->request, on_resolved, service->host, service->port, nullptr);
}
void host(uv_stream_t *server) {
  uv_listen(server, 128, on_client_bad);
  uv_listen(server, 128, on_client_ok);
}
