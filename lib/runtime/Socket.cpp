//===-- Socket.cpp - Stream sockets ---------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "corolint/rt/Socket.h"
#include "DescriptorTable.h"
#include "corolint/rt/Schedule.h"
#include "corolint/rt/Sleep.h"
#include <algorithm>
#include <arpa/inet.h>
#include <cerrno>
#include <cstring>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>

using namespace corolint::rt;
using namespace corolint::rt::detail;

[[noreturn]] static void throwError(int Error, const char *What) {
  throw std::system_error(Error, std::generic_category(), What);
}

//===----------------------------------------------------------------------===//
// Socket
//===----------------------------------------------------------------------===//

Socket::Socket(Socket &&Other) noexcept
    : Descriptor(std::exchange(Other.Descriptor, -1)),
      IsPlainStream(Other.IsPlainStream),
      Home(Other.Home.exchange(nullptr, std::memory_order_relaxed)),
      Owner(std::move(Other.Owner)) {}

Socket &Socket::operator=(Socket &&Other) noexcept {
  if (this != &Other) {
    close();
    Descriptor = std::exchange(Other.Descriptor, -1);
    IsPlainStream = Other.IsPlainStream;
    Home.store(Other.Home.exchange(nullptr, std::memory_order_relaxed),
               std::memory_order_relaxed);
    Owner = std::move(Other.Owner);
  }
  return *this;
}

Socket Socket::create(int Family) {
  Socket Made(::socket(Family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!Made)
    throwError(errno, "socket");
  return Made;
}

void Socket::setPlain(int Family) noexcept {
  IsPlainStream = Family == AF_INET || Family == AF_INET6;
  if (!IsPlainStream)
    return;
  const int On = 1;
  ::setsockopt(Descriptor, IPPROTO_TCP, TCP_NODELAY, &On, sizeof(On));
}

void Socket::close() noexcept {
  if (Descriptor < 0)
    return;
  DescriptorTable *Here =
      ThisThread.Loop ? ThisThread.Loop->Descriptors.get() : nullptr;
  if (Here) // Includes waits by `readable`, or away from the home loop.
    Here->release(Descriptor);
  if (DescriptorTable *Registered = Home.load(std::memory_order_relaxed);
      Registered && Registered != Here)
    Registered->releaseElsewhere(Descriptor);
  Home.store(nullptr, std::memory_order_relaxed);
  Owner.reset();
  ::close(std::exchange(Descriptor, -1));
}

void Socket::shutdown_write() noexcept { ::shutdown(Descriptor, SHUT_WR); }

void Socket::reset() noexcept {
  const linger Now{1, 0};
  ::setsockopt(Descriptor, SOL_SOCKET, SO_LINGER, &Now, sizeof(Now));
  close();
}

/// The current loop's table if the socket is registered there.
DescriptorTable *Socket::tableHere() const noexcept {
  DescriptorTable *Registered = Home.load(std::memory_order_acquire);
  return Registered && ThisThread.Loop &&
                 ThisThread.Loop->Descriptors.get() == Registered
             ? Registered
             : nullptr;
}

/// Registers the socket with the current loop, unless it is registered with
/// another one. Returns the current loop's table if the socket is registered
/// there.
DescriptorTable *Socket::attach() {
  EventLoop &Loop = *EventLoop::current();
  DescriptorTable &Here = Loop.descriptors();
  Attaching.lock();
  DescriptorTable *Registered = Home.load(std::memory_order_relaxed);
  if (!Registered || Registered->retired()) {
    try {
      Here.attach(Descriptor);
    } catch (...) {
      Attaching.unlock();
      throw;
    }
    Owner = Loop.Descriptors;
    Registered = &Here;
    Home.store(&Here, std::memory_order_release);
  }
  Attaching.unlock();
  return Registered == &Here ? &Here : nullptr;
}

/// Tries the operation at once, but skips the system call if the socket is
/// known to be drained.
bool Socket::TransferAwaiter::await_ready() noexcept {
  if (Size == 0 && Side == Direction::Read)
    return Done = !ThisThread.outOfBudget(); // Takes nothing.
  const DescriptorTable *Here = Sock.tableHere();
  if (Here && !Here->maybeReady(Descriptor, Side))
    return false;
  Done = attempt();
  return Done && Error == 0 && !ThisThread.outOfBudget();
}

void Socket::TransferAwaiter::suspend() noexcept {
  if (Done || (Size == 0 && Side == Direction::Read)) {
    resumeLater();
    return;
  }
  try {
    if (!Sock.tableHere())
      Sock.attach();
  } catch (...) {
    failLater();
    return;
  }
  watch();
}

bool Socket::TransferAwaiter::attempt() noexcept {
  if (Size == 0 && Side == Direction::Read)
    return true;
  for (;;) {
    const ssize_t Count =
        Side == Direction::Read
            ? ::recv(Descriptor, Data, Size, MSG_DONTWAIT)
            : ::send(Descriptor, Data, Size, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (Count >= 0) {
      Moved = std::size_t(Count);
      DescriptorTable *Here = Sock.IsPlainStream && Count > 0 && Moved < Size
                                  ? Sock.tableHere()
                                  : nullptr;
      if (Here && (Side == Direction::Write || !Here->sawUrgent(Descriptor)))
        Here->setDrained(Descriptor, Side);
      return true;
    }
    if (errno == EINTR)
      continue;
    if (errno == EAGAIN || errno == EWOULDBLOCK) {
      if (DescriptorTable *Here = Sock.tableHere())
        Here->setDrained(Descriptor, Side);
      return false;
    }
    Error = errno;
    return true;
  }
}

std::size_t Socket::TransferAwaiter::result() const {
  if (Error != 0)
    throwError(Error, Side == Direction::Read ? "recv" : "send");
  return Moved;
}

Task<void> Socket::write_all(std::span<const char> Data) {
  while (!Data.empty()) {
    const std::size_t Written = co_await write(Data);
    Data = Data.subspan(Written);
  }
}

/// Begins to connect. Returns 0, `EINPROGRESS` or the error.
int Socket::beginConnect(const SocketAddress &Peer) noexcept {
  Descriptor =
      ::socket(Peer.family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (Descriptor < 0)
    return errno;
  setPlain(Peer.family());
  if (::connect(Descriptor, Peer.data(), socklen_t(Peer.size())) == 0)
    return 0;
  return errno == EINTR ? EINPROGRESS : errno;
}

static constexpr std::chrono::milliseconds FirstPause{1};
static constexpr std::chrono::milliseconds LongestPause{64};

Task<Socket> Socket::connect(SocketAddress Peer) {
  Socket Made;
  int Error = Made.beginConnect(Peer);
  // The queue of a Unix listener is full. The kernel does not announce when it
  // has room.
  for (auto Pause = FirstPause; Error == EAGAIN && Peer.family() == AF_UNIX;
       Pause = std::min(2 * Pause, LongestPause)) {
    Made.close();
    co_await sleep_for(Pause);
    Error = Made.beginConnect(Peer);
  }
  if (Error == EINPROGRESS) {
    co_await writable(Made.Descriptor);
    socklen_t Size = sizeof(Error);
    ::getsockopt(Made.Descriptor, SOL_SOCKET, SO_ERROR, &Error, &Size);
  } else if (Executor *Here = ThisThread.Exec;
             Here && (Error != 0 || ThisThread.outOfBudget())) {
    co_await resume_on(*Here); // Like every failed operation.
  }
  if (Error != 0)
    throwError(Error, "connect");
  co_return Made;
}

//===----------------------------------------------------------------------===//
// Listener
//===----------------------------------------------------------------------===//

Listener::Listener(SocketAddress Local, int Backlog)
    : Sock(Socket::create(Local.family())) {
  const int On = 1;
  ::setsockopt(Sock.Descriptor, SOL_SOCKET, SO_REUSEADDR, &On, sizeof(On));
  if (::bind(Sock.Descriptor, Local.data(), socklen_t(Local.size())) != 0)
    throwError(errno, "bind");
  if (::listen(Sock.Descriptor, Backlog) != 0)
    throwError(errno, "listen");
}

SocketAddress Listener::local_address() const {
  sockaddr_storage Address{};
  socklen_t Size = sizeof(Address);
  if (::getsockname(Sock.Descriptor, reinterpret_cast<sockaddr *>(&Address),
                    &Size) != 0)
    throwError(errno, "getsockname");
  return SocketAddress(reinterpret_cast<sockaddr *>(&Address), Size);
}

Endpoint Listener::local() const {
  const SocketAddress Address = local_address();
  if (Address.family() != AF_INET)
    throwError(EAFNOSUPPORT, "no IPv4 address");
  sockaddr_in V4;
  std::memcpy(&V4, Address.data(), sizeof(V4));
  return {ntohl(V4.sin_addr.s_addr), ntohs(V4.sin_port)};
}

Listener::AcceptAwaiter::~AcceptAwaiter() {
  if (Accepted >= 0)
    ::close(Accepted);
}

bool Listener::AcceptAwaiter::await_ready() noexcept {
  const DescriptorTable *Here = From.Sock.tableHere();
  if (Here && !Here->maybeReady(Descriptor, Side))
    return false;
  Done = attempt();
  return Done && Error == 0 && !ThisThread.outOfBudget();
}

void Listener::AcceptAwaiter::suspend() noexcept {
  if (Done) {
    resumeLater();
    return;
  }
  try {
    if (!From.Sock.tableHere())
      From.Sock.attach();
  } catch (...) {
    failLater();
    return;
  }
  watch();
}

bool Listener::AcceptAwaiter::attempt() noexcept {
  for (;;) {
    sockaddr_storage Peer;
    socklen_t Size = sizeof(Peer);
    Accepted = ::accept4(Descriptor, reinterpret_cast<sockaddr *>(&Peer), &Size,
                         SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (Accepted >= 0) {
      Family = Peer.ss_family;
      return true;
    }
    // A connection that broke before it was accepted is skipped.
    if (errno == EINTR || errno == ECONNABORTED)
      continue;
    if (errno == EAGAIN || errno == EWOULDBLOCK) {
      if (DescriptorTable *Here = From.Sock.tableHere())
        Here->setDrained(Descriptor, Side);
      return false;
    }
    Error = errno;
    return true;
  }
}

Socket Listener::AcceptAwaiter::await_resume() {
  Socket Made(std::exchange(Accepted, -1));
  finishWait();
  if (Error != 0)
    throwError(Error, "accept");
  Made.setPlain(Family);
  return Made;
}
