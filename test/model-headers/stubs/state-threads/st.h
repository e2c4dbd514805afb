// State Threads 1.9 in the fork of SRS, as of 2022-11 (843e74b), as far as
// lib/model/state-threads.yaml names it.
#ifndef COROLINT_STUB_STATE_THREADS_H
#define COROLINT_STUB_STATE_THREADS_H

#include <poll.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/uio.h>

typedef unsigned long long st_utime_t;
typedef struct _st_thread *st_thread_t;
typedef struct _st_cond *st_cond_t;
typedef struct _st_mutex *st_mutex_t;
typedef struct _st_netfd *st_netfd_t;

#ifdef __cplusplus
extern "C" {
#endif

st_thread_t st_thread_create(void *(*start)(void *arg), void *arg, int joinable,
                             int stack_size);
int st_thread_join(st_thread_t thread, void **retvalp);
int st_usleep(st_utime_t usecs);
int st_sleep(int secs);
int st_cond_timedwait(st_cond_t cvar, st_utime_t timeout);
int st_cond_wait(st_cond_t cvar);
int st_mutex_lock(st_mutex_t lock);
st_netfd_t st_netfd_open_socket(int osfd);
int st_netfd_poll(st_netfd_t fd, int how, st_utime_t timeout);
int st_poll(struct pollfd *pds, int npds, st_utime_t timeout);
st_netfd_t st_accept(st_netfd_t fd, struct sockaddr *addr, int *addrlen,
                     st_utime_t timeout);
int st_connect(st_netfd_t fd, const struct sockaddr *addr, int addrlen,
               st_utime_t timeout);
ssize_t st_read(st_netfd_t fd, void *buf, size_t nbyte, st_utime_t timeout);
ssize_t st_read_fully(st_netfd_t fd, void *buf, size_t nbyte,
                      st_utime_t timeout);
ssize_t st_readv(st_netfd_t fd, const struct iovec *iov, int iov_size,
                 st_utime_t timeout);
ssize_t st_write(st_netfd_t fd, const void *buf, size_t nbyte,
                 st_utime_t timeout);
ssize_t st_writev(st_netfd_t fd, const struct iovec *iov, int iov_size,
                  st_utime_t timeout);
int st_recvfrom(st_netfd_t fd, void *buf, int len, struct sockaddr *from,
                int *fromlen, st_utime_t timeout);
int st_sendto(st_netfd_t fd, const void *msg, int len,
              const struct sockaddr *to, int tolen, st_utime_t timeout);
int st_recvmsg(st_netfd_t fd, struct msghdr *msg, int flags,
               st_utime_t timeout);
int st_sendmsg(st_netfd_t fd, const struct msghdr *msg, int flags,
               st_utime_t timeout);

#ifdef __cplusplus
}
#endif

#endif // COROLINT_STUB_STATE_THREADS_H
