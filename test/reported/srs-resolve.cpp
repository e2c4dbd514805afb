// RUN: %check_corolint %s coro-blocking-call %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/ossrs/srs/issues/4684
// A media server runs its connections as State Threads coroutines on one thread; connecting looks the host up with
// the system's resolver before it uses the library's own connect.
#include <cstring>
#include <netdb.h>
#include <state-threads/st.h>
#include <sys/socket.h>
static int tcp_connect_bad(const char *server, const char *port, st_utime_t timeout) {
  addrinfo hints;
  std::memset(&hints, 0, sizeof hints);
  hints.ai_family = AF_UNSPEC;
  addrinfo *found = nullptr;
  if (getaddrinfo(server, port, &hints, &found))
    return -1;
  int fd = socket(found->ai_family, found->ai_socktype, found->ai_protocol);
  int result = st_connect(st_netfd_open_socket(fd), found->ai_addr, int(found->ai_addrlen), timeout);
  freeaddrinfo(found);
  return result;
}
static int tcp_connect_ok(const sockaddr *found, int length, st_utime_t timeout) {
  int fd = socket(found->sa_family, SOCK_STREAM, 0);
  return st_connect(st_netfd_open_socket(fd), found, length, timeout);
}
static void *forward_bad(void *server) {
  for (;;) {
    tcp_connect_bad(static_cast<const char *>(server), "1935", 1000000); // warn: coro-blocking-call
    st_usleep(3000000);
  }
}
static void *forward_ok(void *found) {
  for (;;) {
    tcp_connect_ok(static_cast<const sockaddr *>(found), sizeof(sockaddr_storage), 1000000);
    st_usleep(3000000);
  }
}
void start(char *server, sockaddr *found) {
  st_thread_create(forward_bad, server, 0, 0);
  st_thread_create(forward_ok, found, 0, 0);
}
