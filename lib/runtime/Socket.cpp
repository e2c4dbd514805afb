//===-- Socket.cpp - Stream sockets ---------------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "corolint/rt/Socket.h"
#include "DescriptorTable.h"
#include <arpa/inet.h>
#include <cerrno>
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

static sockaddr_in toKernel(Endpoint E) {
  sockaddr_in Address{};
  Address.sin_family = AF_INET;
  Address.sin_port = htons(E.Port);
  Address.sin_addr.s_addr = htonl(E.Address);
  return Address;
}

std::string Endpoint::to_string() const {
  std::string Text;
  for (int Shift = 24; Shift >= 0; Shift -= 8)
    Text += std::to_string(Address >> Shift & 0xff) + (Shift ? "." : ":");
  return Text + std::to_string(Port);
}

//===----------------------------------------------------------------------===//
// Socket
//===----------------------------------------------------------------------===//

Socket::Socket(Socket &&Other) noexcept
    : Descriptor(std::exchange(Other.Descriptor, -1)),
      Table(std::move(Other.Table)) {}

Socket &Socket::operator=(Socket &&Other) noexcept {
  if (this != &Other) {
    close();
    Descriptor = std::exchange(Other.Descriptor, -1);
    Table = std::move(Other.Table);
  }
  return *this;
}

void Socket::close() noexcept {
  if (Descriptor < 0)
    return;
  if (Table)
    Table->release(Descriptor);
  Table.reset();
  ::close(std::exchange(Descriptor, -1));
}

void Socket::shutdown_write() noexcept { ::shutdown(Descriptor, SHUT_WR); }

void Socket::reset() noexcept {
  const linger Now{1, 0};
  ::setsockopt(Descriptor, SOL_SOCKET, SO_LINGER, &Now, sizeof(Now));
  close();
}

DescriptorTable &Socket::attach() {
  if (!Table) {
    EventLoop &Loop = *EventLoop::current();
    DescriptorTable &Current = Loop.descriptors();
    Current.attach(Descriptor);
    Table = Loop.Descriptors;
  }
  return *Table;
}

/// Tries at once; a socket that is known to be drained is not even asked.
bool Socket::TransferAwaiter::await_ready() noexcept {
  if (Sock.Table && !Sock.Table->maybeReady(Descriptor, Side))
    return false;
  return attempt();
}

bool Socket::TransferAwaiter::suspend() {
  const bool WasAttached = bool(Sock.Table);
  Sock.attach();
  if (!WasAttached && attempt())
    return false;
  return watch();
}

bool Socket::TransferAwaiter::attempt() noexcept {
  for (;;) {
    const ssize_t Count =
        Side == Direction::Read
            ? ::recv(Descriptor, Data, Size, MSG_DONTWAIT)
            : ::send(Descriptor, Data, Size, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (Count >= 0) {
      Moved = std::size_t(Count);
      // Less than asked for: nothing is left, until the kernel says otherwise.
      if (Sock.Table && Count > 0 && Moved < Size)
        Sock.Table->setDrained(Descriptor, Side);
      return true;
    }
    if (errno == EINTR)
      continue;
    if (errno == EAGAIN || errno == EWOULDBLOCK) {
      if (Sock.Table)
        Sock.Table->setDrained(Descriptor, Side);
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

Task<Socket> Socket::connect(Endpoint Peer) {
  Socket Made(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!Made)
    throwError(errno, "socket");
  const int On = 1;
  ::setsockopt(Made.Descriptor, IPPROTO_TCP, TCP_NODELAY, &On, sizeof(On));
  const sockaddr_in Address = toKernel(Peer);
  if (::connect(Made.Descriptor, reinterpret_cast<const sockaddr *>(&Address),
                sizeof(Address)) == 0)
    co_return Made;
  if (errno != EINPROGRESS && errno != EINTR)
    throwError(errno, "connect");
  co_await writable(Made.Descriptor);
  int Error = 0;
  socklen_t Size = sizeof(Error);
  ::getsockopt(Made.Descriptor, SOL_SOCKET, SO_ERROR, &Error, &Size);
  if (Error != 0)
    throwError(Error, "connect");
  co_return Made;
}

//===----------------------------------------------------------------------===//
// Listener
//===----------------------------------------------------------------------===//

Listener::Listener(Endpoint Local, int Backlog)
    : Sock(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)) {
  if (!Sock)
    throwError(errno, "socket");
  const int On = 1;
  ::setsockopt(Sock.Descriptor, SOL_SOCKET, SO_REUSEADDR, &On, sizeof(On));
  const sockaddr_in Address = toKernel(Local);
  if (::bind(Sock.Descriptor, reinterpret_cast<const sockaddr *>(&Address),
             sizeof(Address)) != 0)
    throwError(errno, "bind");
  if (::listen(Sock.Descriptor, Backlog) != 0)
    throwError(errno, "listen");
}

Endpoint Listener::local() const {
  sockaddr_in Address{};
  socklen_t Size = sizeof(Address);
  if (::getsockname(Sock.Descriptor, reinterpret_cast<sockaddr *>(&Address),
                    &Size) != 0)
    throwError(errno, "getsockname");
  return {ntohl(Address.sin_addr.s_addr), ntohs(Address.sin_port)};
}

bool Listener::AcceptAwaiter::await_ready() noexcept {
  if (From.Sock.Table && !From.Sock.Table->maybeReady(Descriptor, Side))
    return false;
  return attempt();
}

bool Listener::AcceptAwaiter::suspend() {
  const bool WasAttached = bool(From.Sock.Table);
  From.Sock.attach();
  if (!WasAttached && attempt())
    return false;
  return watch();
}

bool Listener::AcceptAwaiter::attempt() noexcept {
  for (;;) {
    Accepted =
        ::accept4(Descriptor, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (Accepted >= 0)
      return true;
    // A connection that broke before it was accepted is none.
    if (errno == EINTR || errno == ECONNABORTED)
      continue;
    if (errno == EAGAIN || errno == EWOULDBLOCK) {
      if (From.Sock.Table)
        From.Sock.Table->setDrained(Descriptor, Side);
      return false;
    }
    Error = errno;
    return true;
  }
}

Socket Listener::AcceptAwaiter::await_resume() {
  Socket Made(std::exchange(Accepted, -1));
  finish();
  if (Error != 0)
    throwError(Error, "accept");
  const int On = 1;
  ::setsockopt(Made.Descriptor, IPPROTO_TCP, TCP_NODELAY, &On, sizeof(On));
  return Made;
}
