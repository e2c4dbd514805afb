//===-- DescriptorTable.cpp - A loop's epoll and descriptors --------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DescriptorTable.h"
#include <cerrno>
#include <climits>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <system_error>
#include <unistd.h>

using namespace corolint::rt;
using namespace corolint::rt::detail;

/// Registered beside the descriptors: the event of `wakeUp`.
static constexpr std::uint64_t EventTag = ~std::uint64_t(0);

static constexpr std::uint32_t EdgeEvents =
    EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLPRI | EPOLLET;

static void throwErrno(const char *What) {
  throw std::system_error(errno, std::generic_category(), What);
}

//===----------------------------------------------------------------------===//
// The kernel's objects
//===----------------------------------------------------------------------===//

DescriptorTable::DescriptorTable()
    : Process(ForkGeneration.load(std::memory_order_relaxed)) {
  watchForks();
  open();
}

DescriptorTable::~DescriptorTable() { close(); }

void DescriptorTable::open() {
  Epoll = ::epoll_create1(EPOLL_CLOEXEC);
  if (Epoll < 0)
    throwErrno("epoll_create1");
  Event = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  epoll_event Registration{};
  Registration.events = EPOLLIN | EPOLLET;
  Registration.data.u64 = EventTag;
  if (Event < 0 ||
      ::epoll_ctl(Epoll, EPOLL_CTL_ADD, Event, &Registration) != 0) {
    const int Error = errno;
    close();
    throw std::system_error(Error, std::generic_category(), "eventfd");
  }
}

void DescriptorTable::close() noexcept {
  if (Event >= 0)
    ::close(std::exchange(Event, -1));
  if (Epoll >= 0)
    ::close(std::exchange(Epoll, -1));
}

void DescriptorTable::retire() noexcept {
  ReleaseLock.lock();
  Retired.store(true, std::memory_order_release);
  close();
  ReleaseLock.unlock();
}

void DescriptorTable::leaveParent() {
  close();
  open();
  Process = ForkGeneration.load(std::memory_order_relaxed);
  for (std::size_t I = 0; I != Entries.size(); ++I) {
    Entry &E = Entries[I];
    if (!std::exchange(E.Registered, false))
      continue;
    // Descriptors that this process has already closed are left out.
    if (E.Edge)
      (void)setInterest(int(I), E, EdgeEvents);
    else
      (void)updateInterest(int(I), E);
  }
}

//===----------------------------------------------------------------------===//
// Registration
//===----------------------------------------------------------------------===//

DescriptorTable::Entry &DescriptorTable::entry(int Descriptor) {
  if (Descriptor < 0)
    throw std::system_error(EBADF, std::generic_category(), "descriptor");
  const auto Index = std::size_t(Descriptor);
  if (Index >= Entries.size())
    Entries.resize(std::max(Index + 1, Entries.size() * 2));
  return Entries[Index];
}

int DescriptorTable::control(int Operation, int Descriptor,
                             std::uint32_t Events) noexcept {
  epoll_event Registration{};
  Registration.events = Events;
  const std::uint64_t Generation = Entries[std::size_t(Descriptor)].Generation;
  Registration.data.u64 = Generation << 32 | std::uint32_t(Descriptor);
  return ::epoll_ctl(Epoll, Operation, Descriptor, &Registration) == 0 ? 0
                                                                       : errno;
}

/// Registers for \p Events even if the kernel's registration is unknown: the
/// owner may have closed the descriptor, and its number may have been reused.
/// Returns 0 or an errno.
int DescriptorTable::setInterest(int Descriptor, Entry &E,
                                 std::uint32_t Events) noexcept {
  // A forked child that ends a wait must not change the parent's registration.
  // `leaveParent` registers the remaining waits.
  if (isOfParent()) {
    E.Registered = true;
    return 0;
  }
  int Error =
      control(E.Registered ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, Descriptor, Events);
  if (Error == ENOENT)
    Error = control(EPOLL_CTL_ADD, Descriptor, Events);
  else if (Error == EEXIST)
    Error = control(EPOLL_CTL_MOD, Descriptor, Events);
  if (Error == 0)
    E.Registered = true;
  return Error;
}

/// Registers once for the events that the waiters need. Returns 0 or an errno.
int DescriptorTable::updateInterest(int Descriptor, Entry &E) noexcept {
  std::uint32_t Events = EPOLLONESHOT;
  // Readers must learn that the peer has shut down its side. For a writer the
  // event would repeat forever.
  if (!E.Waiters[0].empty())
    Events |= EPOLLIN | EPOLLRDHUP;
  if (!E.Waiters[1].empty())
    Events |= EPOLLOUT;
  if (Events & (EPOLLIN | EPOLLOUT))
    return setInterest(Descriptor, E, Events);
  if (std::exchange(E.Registered, false) && !isOfParent())
    control(EPOLL_CTL_DEL, Descriptor, 0);
  ++E.Generation;
  return 0;
}

bool DescriptorTable::watch(DescriptorWaiter &W) {
  takeReleased();
  Entry &E = entry(W.Descriptor);
  DescriptorQueue &Queue = E.Waiters[std::size_t(W.Side)];
  Queue.add(W);
  if (!E.Edge) {
    const int Error = updateInterest(W.Descriptor, E);
    if (Error != 0) {
      Queue.remove(W);
      if (Error == EPERM)
        return false;
      throw std::system_error(Error, std::generic_category(), "epoll_ctl");
    }
  }
  W.Where.store(Resumable::Place::Waiting, std::memory_order_relaxed);
  ++NumWaiting;
  return true;
}

void DescriptorTable::unwatch(DescriptorWaiter &W) noexcept {
  Entry &E = Entries[std::size_t(W.Descriptor)];
  E.Waiters[std::size_t(W.Side)].remove(W);
  W.Where.store(Resumable::Place::Nowhere, std::memory_order_relaxed);
  --NumWaiting;
  if (!E.Edge)
    updateInterest(W.Descriptor, E);
}

void DescriptorTable::attach(int Descriptor) {
  takeReleased();
  Entry &E = entry(Descriptor);
  ReleaseLock.lock();
  const bool HasRoom = Released.capacity() > NumAttached;
  ReleaseLock.unlock();
  if (!HasRoom) {
    std::vector<int> Larger;
    Larger.reserve(NumAttached * 2 + 8);
    ReleaseLock.lock();
    Larger.assign(Released.begin(), Released.end());
    Larger.swap(Released);
    ReleaseLock.unlock();
  }
  const int Error = setInterest(Descriptor, E, EdgeEvents);
  if (Error != 0)
    throw std::system_error(Error, std::generic_category(), "epoll_ctl");
  NumAttached += !E.Edge;
  E.Edge = true;
  E.HungUp = E.Urgent = false;
  E.Ready[0] = E.Ready[1] = true;
}

void DescriptorTable::release(int Descriptor) noexcept {
  takeReleased();
  drop(Descriptor);
}

void DescriptorTable::drop(int Descriptor) noexcept {
  if (std::size_t(Descriptor) >= Entries.size())
    return;
  Entry &E = Entries[std::size_t(Descriptor)];
  for (DescriptorQueue &Queue : E.Waiters) {
    while (DescriptorWaiter *W = Queue.first()) {
      Queue.remove(*W);
      --NumWaiting;
      W->WasCancelled = true;
      W->wake();
    }
  }
  // A child that closes its copy must not remove the parent's registration.
  if (std::exchange(E.Registered, false) && !isOfParent())
    control(EPOLL_CTL_DEL, Descriptor, 0);
  NumAttached -= E.Edge;
  E.Edge = false;
  ++E.Generation;
}

void DescriptorTable::releaseElsewhere(int Descriptor) noexcept {
  ReleaseLock.lock();
  if (!retired()) {
    if (!isOfParent())
      ::epoll_ctl(Epoll, EPOLL_CTL_DEL, Descriptor, nullptr);
    Released.push_back(Descriptor); // Has capacity.
    AnyReleased.store(true, std::memory_order_release);
    if (!isOfParent())
      wakeUp();
  }
  ReleaseLock.unlock();
}

/// Call it before any other operation on an entry: its number may have been
/// reused.
void DescriptorTable::takeReleased() noexcept {
  if (!AnyReleased.load(std::memory_order_acquire)) [[likely]]
    return;
  for (;;) {
    ReleaseLock.lock();
    const bool Empty = Released.empty();
    const int Descriptor = Empty ? -1 : Released.back();
    if (!Empty)
      Released.pop_back();
    AnyReleased.store(!Empty && !Released.empty(), std::memory_order_relaxed);
    ReleaseLock.unlock();
    if (Empty)
      return;
    Entries[std::size_t(Descriptor)].Registered = false; // Closed elsewhere.
    drop(Descriptor);
  }
}

//===----------------------------------------------------------------------===//
// Events
//===----------------------------------------------------------------------===//

void DescriptorTable::wakeReady(int Descriptor, Direction Side) noexcept {
  Entry &E = Entries[std::size_t(Descriptor)];
  E.Ready[std::size_t(Side)] = true;
  DescriptorQueue &Queue = E.Waiters[std::size_t(Side)];
  while (DescriptorWaiter *W = Queue.first()) {
    if (!W->attempt())
      return;
    Queue.remove(*W);
    --NumWaiting;
    W->wake();
  }
}

void DescriptorTable::takeEvent(int Descriptor, std::uint32_t Events) noexcept {
  Entry &E = Entries[std::size_t(Descriptor)];
  const std::uint32_t Broken = Events & (EPOLLERR | EPOLLHUP);
  if (Broken || (Events & EPOLLRDHUP))
    E.HungUp = true;
  if (Events & EPOLLPRI)
    E.Urgent = true;
  if (Broken || (Events & (EPOLLIN | EPOLLRDHUP)))
    wakeReady(Descriptor, Direction::Read);
  if (Broken || (Events & EPOLLOUT))
    wakeReady(Descriptor, Direction::Write);
  if (!E.Edge)
    updateInterest(Descriptor, E);
}

bool DescriptorTable::serve(std::optional<std::chrono::nanoseconds> Time) {
  if (isOfParent()) [[unlikely]]
    leaveParent();
  takeReleased();
  epoll_event Ready[128];
  int Count;
  static constexpr int Capacity = 128;
  if (Time && *Time == std::chrono::nanoseconds(0)) {
    Count = ::epoll_wait(Epoll, Ready, Capacity, 0);
  } else if (!Time) {
    Count = ::epoll_wait(Epoll, Ready, Capacity, -1);
  } else {
    timespec Limit;
    Limit.tv_sec = time_t(Time->count() / 1'000'000'000);
    Limit.tv_nsec = long(Time->count() % 1'000'000'000);
    Count = ::epoll_pwait2(Epoll, Ready, Capacity, &Limit, nullptr);
    if (Count < 0 && errno == ENOSYS) {
      // Before Linux 5.11: whole milliseconds, rounded up.
      const auto Milliseconds =
          std::chrono::ceil<std::chrono::milliseconds>(*Time).count();
      Count = ::epoll_wait(Epoll, Ready, Capacity,
                           int(std::min<long long>(Milliseconds, INT_MAX)));
    }
  }
  if (Count < 0) {
    if (errno == EINTR)
      return false;
    throwErrno("epoll_wait");
  }
  for (int I = 0; I < Count; ++I) {
    const std::uint64_t Data = Ready[I].data.u64;
    if (Data == EventTag)
      continue; // Edge-triggered: need not be read.
    const int Descriptor = int(std::uint32_t(Data));
    if (Entries[std::size_t(Descriptor)].Generation ==
        std::uint32_t(Data >> 32))
      takeEvent(Descriptor, Ready[I].events);
  }
  takeReleased();
  return Count > 0;
}

void DescriptorTable::wakeUp() noexcept {
  const std::uint64_t One = 1;
  // Fails only if the counter is full, and then the loop is awake.
  [[maybe_unused]] ssize_t Written = ::write(Event, &One, sizeof(One));
}

//===----------------------------------------------------------------------===//
// DescriptorWaiter
//===----------------------------------------------------------------------===//

void DescriptorWaiter::failLater() noexcept {
  try {
    throw;
  } catch (const std::system_error &Error) {
    Failure = Error.code();
  } catch (...) {
    Failure = std::make_error_code(std::errc::not_enough_memory);
  }
  resumeLater();
}

void DescriptorWaiter::watch() noexcept {
  try {
    if (!Loop->descriptors().watch(*this))
      resumeLater();
  } catch (...) {
    failLater();
  }
}

void DescriptorWaiter::watchUnlessReady() noexcept {
  const DescriptorTable *Table = Loop->Descriptors.get();
  if (Table && Table->isAttached(Descriptor)) {
    pollfd Now{Descriptor, short(Side == Direction::Read ? POLLIN : POLLOUT),
               0};
    if (::poll(&Now, 1, 0) != 0) {
      resumeLater();
      return;
    }
  }
  watch();
}

void DescriptorWaiter::detach() noexcept { Loop->Descriptors->unwatch(*this); }
