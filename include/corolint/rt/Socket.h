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
#include "corolint/rt/Task.h"
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace corolint::rt {

/// An IPv4 address and port. For IPv6 and Unix sockets make the descriptor
/// yourself, non-blocking, and give it to a `Socket`, or await `readable()` and
/// `writable()`.
struct Endpoint {
  std::uint32_t Address = 0; ///< In host order.
  std::uint16_t Port = 0;

  /// 127.0.0.1, at \p Port.
  static Endpoint loopback(std::uint16_t Port) noexcept {
    return {0x7f000001, Port};
  }
  /// As `127.0.0.1:80`.
  COROLINT_NONBLOCKING std::string to_string() const;
};

namespace detail {
class DescriptorTable;
} // namespace detail

/// A connected TCP socket, non-blocking. Operations need a current event loop;
/// one coroutine may read while another writes. Errors are `std::system_error`.
/// Move-only, not thread-safe; use it on one loop, and close or destroy it on
/// that loop's thread: who waits for it then gets `Cancelled`.
class Socket {
public:
  Socket() noexcept = default;
  /// Takes ownership of a non-blocking descriptor.
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
      return arm(Self) && suspend();
    }
    std::size_t await_resume() {
      finish();
      return result();
    }

  private:
    bool suspend();
    bool attempt() noexcept override;
    std::size_t result() const;

    Socket &Sock;
    void *Data;
    std::size_t Size;
    std::size_t Moved = 0;
    int Error = 0;
  };

  /// Reads at least one byte and at most what \p Buffer holds; gives how many,
  /// 0 at the end of the stream. Throws `std::system_error`, `Cancelled`.
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
  static Task<Socket> connect(Endpoint Peer);

private:
  friend TransferAwaiter;
  friend class Listener;
  detail::DescriptorTable &attach();

  int Descriptor = -1;
  /// The table of the loop that this was first used on.
  std::shared_ptr<detail::DescriptorTable> Table;
};

/// A listening TCP socket. As `Socket`.
class Listener {
public:
  /// Listens on \p Local; port 0 picks a free one. Throws `std::system_error`.
  explicit Listener(Endpoint Local, int Backlog = 1024);
  Listener(Listener &&) noexcept = default;
  Listener &operator=(Listener &&) noexcept = default;

  /// Where it listens.
  COROLINT_NONBLOCKING Endpoint local() const;
  /// As of a `Socket`.
  int descriptor() const noexcept { return Sock.descriptor(); }
  /// Listens no longer.
  void close() noexcept { Sock.close(); }

  class [[nodiscard]] AcceptAwaiter final : private detail::DescriptorWaiter {
  public:
    explicit AcceptAwaiter(Listener &From) noexcept
        : DescriptorWaiter(From.Sock.Descriptor, Direction::Read), From(From) {}
    bool await_ready() noexcept;
    template <class P> bool await_suspend(std::coroutine_handle<P> Self) {
      return arm(Self) && suspend();
    }
    Socket await_resume();

  private:
    bool suspend();
    bool attempt() noexcept override;

    Listener &From;
    int Accepted = -1;
    int Error = 0;
  };

  /// Awaited, gives the next connection. Throws `std::system_error`,
  /// `Cancelled`.
  AcceptAwaiter accept() noexcept { return AcceptAwaiter(*this); }

private:
  friend AcceptAwaiter;
  Socket Sock;
};

} // namespace corolint::rt

#endif // COROLINT_RT_SOCKET_H
