// userver as of 2024-10 (c2f43b4e8), as far as
// lib/model/userver.yaml names it.
#ifndef COROLINT_STUB_USERVER_H
#define COROLINT_STUB_USERVER_H

#include "../coroutine.h"

namespace userver {
namespace engine {
class TaskProcessor {};
class Mutex {
public:
  void lock();
  bool try_lock();
  void unlock();
};

class SharedMutex {
public:
  void lock();
  void lock_shared();
  bool try_lock();
  void unlock();
};

class Future {
public:
  void get();
  void wait();
};

class SingleConsumerEvent {
public:
  void WaitForEvent();
};

class ConditionVariable {
public:
  void Wait();
};

class SingleUseEvent {
public:
  void Wait();
};

class Semaphore {
public:
  void lock_shared();
};

class TaskBase {
public:
  void Wait();
  void WaitFor();
};

class TaskWithResult {
public:
  void Get();
};

void InterruptibleSleepFor();
void InterruptibleSleepUntil();
void SleepFor();
void SleepUntil();
void Yield();
void WaitAllChecked();
void WaitAny();
void GetAll();
template <typename... A> void AsyncNoSpan(A &&...);
template <typename... A> void CriticalAsyncNoSpan(A &&...);
} // namespace engine

namespace fs::blocking {
void Chmod();
void CreateDirectories();
bool FileExists();
void ReadFileContents();
bool RemoveSingleFile();
void Rename();
void RewriteFileContents();
void RewriteFileContentsAtomically();
void RewriteFileContentsFSync();
void SyncDirectoryContents();
} // namespace fs::blocking

namespace utils {
class PeriodicTask {
public:
  template <typename... A> void Start(A &&...);
};

template <typename... A> void Async(A &&...);
template <typename... A> void AsyncBackground(A &&...);
template <typename... A> void CriticalAsync(A &&...);
} // namespace utils

namespace server {
namespace handlers {
class HttpHandlerBase {
public:
  virtual void HandleRequest();
  virtual void HandleRequestThrow();
};

class HttpHandlerJsonBase {
public:
  virtual void HandleRequestJsonThrow();
};

} // namespace handlers

} // namespace server

} // namespace userver

#endif // COROLINT_STUB_USERVER_H
