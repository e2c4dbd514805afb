// liburing as of 2026-08 (27255f4c), as far as lib/model/liburing.yaml and
// lib/model/liburing-2.yaml name it.
#ifndef COROLINT_STUB_LIBURING_H
#define COROLINT_STUB_LIBURING_H

#include <signal.h>

#define IORING_ENTER_GETEVENTS (1U << 0)

#ifdef __cplusplus
extern "C" {
#endif

struct io_uring;
struct io_uring_cqe;
struct __kernel_timespec {
  long long tv_sec;
  long long tv_nsec;
};

int io_uring_submit(struct io_uring *);
int io_uring_submit_and_wait(struct io_uring *, unsigned count);
int io_uring_submit_and_wait_timeout(struct io_uring *, struct io_uring_cqe **,
                                     unsigned count, struct __kernel_timespec *,
                                     sigset_t *);
int io_uring_submit_and_wait_min_timeout(struct io_uring *,
                                         struct io_uring_cqe **, unsigned count,
                                         struct __kernel_timespec *,
                                         unsigned least, sigset_t *);
int io_uring_submit_and_wait_reg(struct io_uring *, struct io_uring_cqe **,
                                 unsigned count, int index);
int io_uring_wait_cqe(struct io_uring *, struct io_uring_cqe **);
int io_uring_wait_cqe_nr(struct io_uring *, struct io_uring_cqe **,
                         unsigned count);
int io_uring_wait_cqe_timeout(struct io_uring *, struct io_uring_cqe **,
                              struct __kernel_timespec *);
int io_uring_wait_cqes(struct io_uring *, struct io_uring_cqe **,
                       unsigned count, struct __kernel_timespec *, sigset_t *);
int io_uring_wait_cqes_min_timeout(struct io_uring *, struct io_uring_cqe **,
                                   unsigned count, struct __kernel_timespec *,
                                   unsigned least, sigset_t *);
int io_uring_peek_cqe(struct io_uring *, struct io_uring_cqe **);
int io_uring_sqring_wait(struct io_uring *);
int io_uring_enter(unsigned fd, unsigned submit, unsigned complete,
                   unsigned flags, sigset_t *);
int io_uring_enter2(unsigned fd, unsigned submit, unsigned complete,
                    unsigned flags, void *argument, unsigned long size);

#ifdef __cplusplus
}
#endif

#endif // COROLINT_STUB_LIBURING_H
