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

/// A connected, non-blocking stream socket. Operations need a current event
/// loop; one coroutine may read while another writes. Errors are thrown as
/// `std::system_error`; a failed operation lets other coroutines run first.
/// Move-only, not thread-safe.
///
/// A socket may be used on any loop, and may be read on one loop while it is
/// written on another. Waiting is cheapest on the loop where it first waited.
/// Close it when no coroutine waits for it, or on the loop of those that do.
///
/// After a fork() the child may use or close its copy without affecting the
/// parent's. The connection itself is shared: it ends when both have closed it,
/// while `shutdown_write` and `reset` take effect for both. An exec closes the
/// socket.
class Socket {
public:
  Socket() noexcept = default;
  /// Takes ownership of a non-blocking descriptor: a stream, or a message
  /// socket, whose messages are read and written whole.
  explicit Socket(int Descriptor) noexcept : Descriptor(Descriptor) {}
  Socket(Socket &&Other) noexcept;
  Socket &operator=(Socket &&Other) noexcept;
  ~Socket() { close(); }

  /// The descriptor, still owned by this object; -1 if there is none.
  int descriptor() const noexcept { return Descriptor; }
  explicit operator bool() const noexcept { return Descriptor >= 0; }
  /// Closes the socket now; coroutines that wait for it get `Cancelled`.
  /// Harmless if repeated.
  COROLINT_NONBLOCKING void close() noexcept;
  /// Ends sending; the peer reads the end of the stream.
  COROLINT_NONBLOCKING void shutdown_write() noexcept;
  /// Closes the connection with a reset.
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
      WasCancelled &= !Done; // An operation that is ready succeeds.
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
    bool Done = false; ///< Finished at once, though it may have failed.
  };

  /// Reads at least one byte and at most the size of \p Buffer; returns the
  /// number, or 0 at the end of the stream. With an empty buffer it reads
  /// nothing and does not wait. Throws `std::system_error`, `Cancelled`.
  TransferAwaiter read(std::span<std::byte> Buffer) noexcept {
    return TransferAwaiter(*this, Direction::Read, Buffer.data(),
                           Buffer.size());
  }
  TransferAwaiter read(std::span<char> Buffer) noexcept {
    return read(std::as_writable_bytes(Buffer));
  }
  /// Writes at least one byte of \p Data, unless it is empty; returns the
  /// number.
  TransferAwaiter write(std::span<const std::byte> Data) noexcept {
    return TransferAwaiter(*this, Direction::Write,
                           const_cast<std::byte *>(Data.data()), Data.size());
  }
  TransferAwaiter write(std::span<const char> Data) noexcept {
    return write(std::as_bytes(Data));
  }
  /// Writes all of \p Data, which must stay valid until the task is done.
  Task<void> write_all(std::span<const char> Data);

  /// Connects to \p Peer.
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
  /// Is this a TCP stream? Then a short read or write means that the kernel has
  /// no more data or space. Other sockets end a read at the end of a message or
  /// record.
  bool IsPlainStream = false;
  detail::SmallLock Attaching;
  /// The table of the loop where the socket first waited. `Owner` keeps it
  /// alive.
  std::atomic<detail::DescriptorTable *> Home{nullptr};
  std::shared_ptr<detail::DescriptorTable> Owner;
};

/// A listening stream socket. The rules of `Socket` apply.
class Listener {
public:
  /// Listens on \p Local; port 0 picks a free one. Throws `std::system_error`.
  explicit Listener(SocketAddress Local, int Backlog = 1024);
  Listener(Listener &&) noexcept = default;
  Listener &operator=(Listener &&) noexcept = default;

  /// The local address, if it is IPv4; else throws
  /// `std::system_error(address_family_not_supported)`.
  COROLINT_NONBLOCKING Endpoint local() const;
  /// The local address, of any kind.
  COROLINT_NONBLOCKING SocketAddress local_address() const;
  /// The descriptor, see `Socket`.
  int descriptor() const noexcept { return Sock.descriptor(); }
  /// Stops listening.
  void close() noexcept { Sock.close(); }

  class [[nodiscard]] AcceptAwaiter final : private detail::DescriptorWaiter {
  public:
    explicit AcceptAwaiter(Listener &From) noexcept
        : DescriptorWaiter(From.Sock.Descriptor, Direction::Read), From(From) {}
    ~AcceptAwaiter(); ///< Closes a connection that was not delivered.
    bool await_ready() noexcept;
    template <class P> bool await_suspend(std::coroutine_handle<P> Self) {
      if (arm(Self)) [[likely]] {
        suspend();
        return true;
      }
      WasCancelled &= !Done; // An operation that is ready succeeds.
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
    bool Done = false; ///< Finished at once, though it may have failed.
  };

  /// Awaited, returns the next connection. Throws `std::system_error`,
  /// `Cancelled`. If the process is out of descriptors (`too_many_files_open`),
  /// the connection stays in the backlog: other coroutines run before the error
  /// is thrown, but sleep for a moment before the next try, or the loop stays
  /// busy.
  AcceptAwaiter accept() noexcept { return AcceptAwaiter(*this); }

private:
  friend AcceptAwaiter;
  Socket Sock;
};

} // namespace corolint::rt

#endif // COROLINT_RT_SOCKET_H
