// RUN: %check_corolint %s coro-lock-across-await %t -std=c++20
// The guards of Boost, Abseil and Qt, declared as their headers do.

#include "coro.h"
using namespace coro;

namespace boost {
struct mutex {
  void lock();
  void unlock();
  bool try_lock();
};
struct defer_lock_t {};
inline constexpr defer_lock_t defer_lock{};
template <typename Mutex> struct lock_guard {
  explicit lock_guard(Mutex &);
  ~lock_guard();
};
template <typename Mutex> struct unique_lock {
  explicit unique_lock(Mutex &);
  unique_lock(Mutex &, defer_lock_t);
  ~unique_lock();
  void lock();
  void unlock();
  bool owns_lock() const;
};
template <typename Mutex> struct shared_lock {
  explicit shared_lock(Mutex &);
  ~shared_lock();
};
} // namespace boost

task<> boost_bad(boost::mutex &m) {
  {
    boost::lock_guard<boost::mutex> l(m);
    co_await async_op(); // warn: coro-lock-across-await
  }
  {
    boost::unique_lock<boost::mutex> l(m);
    co_await async_op(); // warn: coro-lock-across-await
  }
  {
    boost::shared_lock<boost::mutex> l(m);
    co_await async_op(); // warn: coro-lock-across-await
  }
  m.lock();
  co_await async_op(); // warn: coro-lock-across-await
  m.unlock();
}

task<> boost_ok(boost::mutex &m) {
  boost::unique_lock<boost::mutex> l(m, boost::defer_lock);
  co_await async_op();
  l.lock();
  l.unlock();
  co_await async_op();
}

namespace absl {
struct Mutex {
  void Lock();
  void Unlock();
};
struct MutexLock {
  explicit MutexLock(Mutex *);
  ~MutexLock();
};
struct ReaderMutexLock {
  explicit ReaderMutexLock(Mutex *);
  ~ReaderMutexLock();
};
struct ReleasableMutexLock {
  explicit ReleasableMutexLock(Mutex *);
  ~ReleasableMutexLock();
  void Release();
};
} // namespace absl

task<> absl_bad(absl::Mutex &m) {
  {
    absl::MutexLock l(&m);
    co_await async_op(); // warn: coro-lock-across-await
  }
  {
    absl::ReaderMutexLock l(&m);
    co_await async_op(); // warn: coro-lock-across-await
  }
  {
    absl::ReleasableMutexLock l(&m);
    co_await async_op(); // warn: coro-lock-across-await
  }
  m.Lock();
  co_await async_op(); // warn: coro-lock-across-await
  m.Unlock();
}

task<> absl_ok(absl::Mutex &m) {
  absl::ReleasableMutexLock l(&m);
  l.Release();
  co_await async_op();
}

class QMutex {
public:
  void lock();
  void unlock();
  bool tryLock();
};
class QReadWriteLock {
public:
  void lockForRead();
  void lockForWrite();
  void unlock();
};
template <typename Mutex> class QMutexLocker {
public:
  explicit QMutexLocker(Mutex *);
  ~QMutexLocker();
  void unlock();
  void relock();
};
class QReadLocker {
public:
  explicit QReadLocker(QReadWriteLock *);
  ~QReadLocker();
};
class QWriteLocker {
public:
  explicit QWriteLocker(QReadWriteLock *);
  ~QWriteLocker();
};

task<> qt_bad(QMutex &m, QReadWriteLock &rw) {
  {
    QMutexLocker<QMutex> l(&m);
    co_await async_op(); // warn: coro-lock-across-await
    l.unlock();
    co_await async_op();
    l.relock();
    co_await async_op(); // warn: coro-lock-across-await
  }
  {
    QReadLocker l(&rw);
    co_await async_op(); // warn: coro-lock-across-await
  }
  {
    QWriteLocker l(&rw);
    co_await async_op(); // warn: coro-lock-across-await
  }
  m.lock();
  co_await async_op(); // warn: coro-lock-across-await
  m.unlock();
}
