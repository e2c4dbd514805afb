//===-- Socket.h - Stream sockets -------------------------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_SOCKET_H
#define COROLINT_RT_SOCKET_H

#include "corolint/rt/Descriptor.h"
#include "corolint/rt/SmallLock.h"
#include "corolint/rt/SocketAddress.h"
#include "corolint/rt/Task.h"
#include <atomic>
#include <cstddef>
#include <memory>
#include <span>

namespace corolint::rt {

namespace detail {
class DescriptorTable;
} // namespace detail

/// A connected stream socket, non-blocking. Operations need a current event
/// loop; one coroutine may read while another writes. Errors are
/// `std::system_error`; one that fails lets other coroutines run first.
/// Move-only, not thread-safe.
///
/// A socket may be used on any loop, also read on one and written on another at
/// the same time. It waits at the least cost on the loop that it first waited
/// on. Close it where nobody waits for it, or on the loop of those who do.
///
/// After a fork() the child may use or close its copy: the parent's is not
/// touched. The connection itself is shared: it ends when both have closed it,
/// while `shutdown_write` and `reset` take effect for both. An exec closes it.
class Socket {
public:
  Socket() noexcept = default;
  /// Takes ownership of a non-blocking descriptor: a stream, or messages, each
  /// of which is then read or written whole.
  explicit Socket(int Descriptor) noexcept : Descriptor(Descriptor) {}
  Socket(Socket &&Other) noexcept;
  Socket &operator=(Socket &&Other) noexcept;
  ~Socket() { close(); }

  /// The descriptor, still owned by this; -1 if there is none.
  int descriptor() const noexcept { return Descriptor; }
  explicit operator bool() const noexcept { return Descriptor >= 0; }
  /// Closes now what there is; who waits for it gets `Cancelled`. Harmless if
  /// repeated.
  COROLINT_NONBLOCKING void close() noexcept;
  /// Ends sending; the peer reads the end of the stream.
  COROLINT_NONBLOCKING void shutdown_write() noexcept;
  /// Closes so that the peer sees a reset.
  COROLINT_NONBLOCKING void reset() noexcept;

  /// One read or write.
  class [[nodiscard]] TransferAwaiter final : private detail::DescriptorWaiter {
  public:
    TransferAwaiter(Socket &Sock, Direction Side, void *Data,
                    std::size_t Size) noexcept
        : DescriptorWaiter(Sock.Descriptor, Side), Sock(Sock), Data(Data),
          Size(Size) {}
    bool await_ready() noexcept;
    template <class P> bool await_suspend(std::coroutine_handle<P> Self) {
      if (arm(Self)) [[likely]] {
        suspend();
        return true;
      }
      WasCancelled &= !Done; // What needs no wait succeeds.
      return suspendRefused();
    }
    std::size_t await_resume() {
      finishWait();
      return result();
    }

  private:
    void suspend() noexcept;
    bool attempt() noexcept override;
    std::size_t result() const;

    Socket &Sock;
    void *Data;
    std::size_t Size;
    std::size_t Moved = 0;
    int Error = 0;
    bool Done = false; ///< At once, though it may have failed.
  };

  /// Reads at least one byte and at most what \p Buffer holds; gives how many,
  /// 0 at the end of the stream. Into an empty buffer it reads nothing and does
  /// not wait. Throws `std::system_error`, `Cancelled`.
  TransferAwaiter read(std::span<std::byte> Buffer) noexcept {
    return TransferAwaiter(*this, Direction::Read, Buffer.data(),
                           Buffer.size());
  }
  TransferAwaiter read(std::span<char> Buffer) noexcept {
    return read(std::as_writable_bytes(Buffer));
  }
  /// Writes at least one byte of \p Data, unless that is empty; gives how many.
  TransferAwaiter write(std::span<const std::byte> Data) noexcept {
    return TransferAwaiter(*this, Direction::Write,
                           const_cast<std::byte *>(Data.data()), Data.size());
  }
  TransferAwaiter write(std::span<const char> Data) noexcept {
    return write(std::as_bytes(Data));
  }
  /// Writes all of \p Data, which must live until then.
  Task<void> write_all(std::span<const char> Data);

  /// A connection to \p Peer.
  static Task<Socket> connect(SocketAddress Peer);

private:
  friend TransferAwaiter;
  friend class Listener;
  static Socket create(int Family);
  int beginConnect(const SocketAddress &Peer) noexcept;
  void setPlain(int Family) noexcept;
  detail::DescriptorTable *tableHere() const noexcept;
  detail::DescriptorTable *attach();

  int Descriptor = -1;
  /// A TCP stream: if less was moved than asked for, the kernel has no more.
  /// Others end a read where a message or a record ends.
  bool IsPlainStream = false;
  detail::SmallLock Attaching;
  /// The table of the loop that the socket first waited on. `Owner` keeps it.
  std::atomic<detail::DescriptorTable *> Home{nullptr};
  std::shared_ptr<detail::DescriptorTable> Owner;
};

/// A listening stream socket. As `Socket`.
class Listener {
public:
  /// Listens on \p Local; port 0 picks a free one. Throws `std::system_error`.
  explicit Listener(SocketAddress Local, int Backlog = 1024);
  Listener(Listener &&) noexcept = default;
  Listener &operator=(Listener &&) noexcept = default;

  /// Where it listens, if that is IPv4; else throws
  /// `std::system_error(address_family_not_supported)`.
  COROLINT_NONBLOCKING Endpoint local() const;
  /// The same for every kind of address.
  COROLINT_NONBLOCKING SocketAddress local_address() const;
  /// As of a `Socket`.
  int descriptor() const noexcept { return Sock.descriptor(); }
  /// Listens no longer.
  void close() noexcept { Sock.close(); }

  class [[nodiscard]] AcceptAwaiter final : private detail::DescriptorWaiter {
  public:
    explicit AcceptAwaiter(Listener &From) noexcept
        : DescriptorWaiter(From.Sock.Descriptor, Direction::Read), From(From) {}
    ~AcceptAwaiter(); ///< Closes what its coroutine never got.
    bool await_ready() noexcept;
    template <class P> bool await_suspend(std::coroutine_handle<P> Self) {
      if (arm(Self)) [[likely]] {
        suspend();
        return true;
      }
      WasCancelled &= !Done; // What needs no wait succeeds.
      return suspendRefused();
    }
    Socket await_resume();

  private:
    void suspend() noexcept;
    bool attempt() noexcept override;

    Listener &From;
    int Accepted = -1;
    int Family = 0;
    int Error = 0;
    bool Done = false; ///< At once, though it may have failed.
  };

  /// Awaited, gives the next connection. Throws `std::system_error`,
  /// `Cancelled`. Out of descriptors (`too_many_files_open`) the connection
  /// stays in the backlog: other coroutines run before the error comes, but
  /// sleep for a moment before the next try, or the loop stays busy.
  AcceptAwaiter accept() noexcept { return AcceptAwaiter(*this); }

private:
  friend AcceptAwaiter;
  Socket Sock;
};

} // namespace corolint::rt

#endif // COROLINT_RT_SOCKET_H
