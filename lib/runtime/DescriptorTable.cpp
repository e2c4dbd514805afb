//===-- DescriptorTable.cpp - What the loop knows of descriptors ----------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DescriptorTable.h"
#include <cerrno>
#include <climits>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <system_error>
#include <unistd.h>

using namespace corolint::rt;
using namespace corolint::rt::detail;

static void throwErrno(const char *What) {
  throw std::system_error(errno, std::generic_category(), What);
}

DescriptorTable::DescriptorTable() : Epoll(::epoll_create1(EPOLL_CLOEXEC)) {
  if (Epoll < 0)
    throwErrno("epoll_create1");
  Event = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  epoll_event Registration{};
  Registration.events = EPOLLIN | EPOLLET;
  Registration.data.u64 = ~std::uint64_t(0);
  if (Event < 0 ||
      ::epoll_ctl(Epoll, EPOLL_CTL_ADD, Event, &Registration) != 0) {
    const int Error = errno;
    if (Event >= 0)
      ::close(Event);
    ::close(Epoll);
    throw std::system_error(Error, std::generic_category(), "eventfd");
  }
}

DescriptorTable::~DescriptorTable() {
  ::close(Event);
  ::close(Epoll);
}

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

/// Returns 0 or an errno.
int DescriptorTable::updateInterest(int Descriptor, Entry &E) noexcept {
  std::uint32_t Events = EPOLLONESHOT | EPOLLRDHUP;
  if (!E.Waiters[0].empty())
    Events |= EPOLLIN;
  if (!E.Waiters[1].empty())
    Events |= EPOLLOUT;
  if (!(Events & (EPOLLIN | EPOLLOUT))) {
    if (E.Registered)
      control(EPOLL_CTL_DEL, Descriptor, 0);
    E.Registered = false;
    ++E.Generation;
    return 0;
  }
  const int Error =
      control(E.Registered ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, Descriptor, Events);
  if (Error == 0)
    E.Registered = true;
  return Error;
}

bool DescriptorTable::watch(DescriptorWaiter &W) {
  Entry &E = entry(W.Descriptor);
  DescriptorQueue &Queue = E.Waiters[std::size_t(W.Side)];
  Queue.push(W);
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
  Entry &E = entry(Descriptor);
  const int Error = control(EPOLL_CTL_ADD, Descriptor,
                            EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET);
  if (Error != 0)
    throw std::system_error(Error, std::generic_category(), "epoll_ctl");
  E.Edge = E.Registered = true;
  E.HungUp = false;
  E.Ready[0] = E.Ready[1] = true;
}

void DescriptorTable::release(int Descriptor) noexcept {
  Entry &E = Entries[std::size_t(Descriptor)];
  for (DescriptorQueue &Queue : E.Waiters) {
    while (DescriptorWaiter *W = Queue.front()) {
      Queue.remove(*W);
      --NumWaiting;
      W->WasCancelled = true;
      W->wake();
    }
  }
  control(EPOLL_CTL_DEL, Descriptor, 0);
  E.Edge = E.Registered = false;
  ++E.Generation;
}

void DescriptorTable::wakeReady(int Descriptor, Direction Side) noexcept {
  Entry &E = Entries[std::size_t(Descriptor)];
  E.Ready[std::size_t(Side)] = true;
  DescriptorQueue &Queue = E.Waiters[std::size_t(Side)];
  while (DescriptorWaiter *W = Queue.front()) {
    if (!W->attempt())
      return;
    Queue.remove(*W);
    --NumWaiting;
    W->wake();
  }
}

bool DescriptorTable::serve(std::optional<std::chrono::nanoseconds> Time) {
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
      // Linux before 5.11: whole milliseconds, rounded up.
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
    if (Data == ~std::uint64_t(0))
      continue; // Edge-triggered: need not be read.
    const int Descriptor = int(std::uint32_t(Data));
    Entry &E = Entries[std::size_t(Descriptor)];
    if (E.Generation != std::uint32_t(Data >> 32))
      continue;
    const std::uint32_t Events = Ready[I].events;
    const std::uint32_t Broken = Events & (EPOLLERR | EPOLLHUP);
    if (Broken || (Events & EPOLLRDHUP))
      E.HungUp = true;
    if (Broken || (Events & (EPOLLIN | EPOLLRDHUP)))
      wakeReady(Descriptor, Direction::Read);
    if (Broken || (Events & EPOLLOUT))
      wakeReady(Descriptor, Direction::Write);
    if (!E.Edge)
      updateInterest(Descriptor, E);
  }
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

bool DescriptorWaiter::watch() { return Loop->descriptors().watch(*this); }

void DescriptorWaiter::detach() noexcept { Loop->Descriptors->unwatch(*this); }
