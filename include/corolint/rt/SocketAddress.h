//===-- SocketAddress.h - Addresses of sockets ------------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_RT_SOCKETADDRESS_H
#define COROLINT_RT_SOCKETADDRESS_H

#include "corolint/rt/Task.h"
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

struct sockaddr;

namespace corolint::rt {

/// An IPv4 address and port.
struct Endpoint {
  std::uint32_t Address = 0; ///< In host order.
  std::uint16_t Port = 0;

  /// 127.0.0.1, at \p Port.
  static Endpoint loopback(std::uint16_t Port) noexcept {
    return {0x7f000001, Port};
  }
  /// Formats the endpoint as `127.0.0.1:80`.
  COROLINT_NONBLOCKING std::string to_string() const;
};

/// The address of a stream socket: IPv4, IPv6 or a Unix path. A value type that
/// holds the kernel's representation.
class SocketAddress {
public:
  SocketAddress() noexcept = default;
  SocketAddress(Endpoint E) noexcept;
  /// Copies an address in the kernel's form. Throws `std::invalid_argument` if
  /// no address has that size.
  SocketAddress(const sockaddr *Address, std::size_t Size);

  /// Parses \p Text, a numeric IPv4 or IPv6 address such as `::1` or
  /// `fe80::1%eth0`. Throws `std::invalid_argument`. Names need `resolve`.
  COROLINT_NONBLOCKING static SocketAddress ip(const std::string &Text,
                                               std::uint16_t Port);
  /// The IPv6 loopback address `::1`, at \p Port.
  COROLINT_NONBLOCKING static SocketAddress
  loopback6(std::uint16_t Port) noexcept;
  /// A path in the file system, which a `Listener` creates and does not remove.
  /// A path whose first byte is 0 is a Linux abstract name. Throws
  /// `std::system_error(filename_too_long)` beyond 107 bytes.
  COROLINT_NONBLOCKING static SocketAddress unix_path(std::string_view Path);

  /// `AF_INET`, `AF_INET6`, `AF_UNIX`, or 0 for none.
  COROLINT_NONBLOCKING int family() const noexcept;
  /// The port, or 0 for a Unix path.
  COROLINT_NONBLOCKING std::uint16_t port() const noexcept;
  /// Formats the address as `127.0.0.1:80`, `[::1]:80`, `/run/socket` or
  /// `@name`.
  COROLINT_NONBLOCKING std::string to_string() const;

  /// The address in the kernel's form. Valid as long as this object.
  const sockaddr *data() const noexcept {
    return reinterpret_cast<const sockaddr *>(Bytes);
  }
  /// The number of significant bytes of `data()`.
  std::size_t size() const noexcept { return Size; }

private:
  static constexpr std::size_t MaxSize = 128; ///< As sockaddr_storage.
  alignas(8) std::byte Bytes[MaxSize] = {};
  std::size_t Size = 0;
};

/// Looks up the addresses of \p Host (a name or numbers) for stream sockets, in
/// the order to try them, with the port of \p Service (a name or number). Calls
/// the system's resolver on a thread for blocking work. Throws
/// `std::system_error` in `resolver_category()`. Cannot be cancelled half-way.
Task<std::vector<SocketAddress>> resolve(std::string Host, std::string Service);

/// The category of `resolve`'s errors: the `EAI_` codes of <netdb.h>.
COROLINT_NONBLOCKING const std::error_category &resolver_category() noexcept;

} // namespace corolint::rt

#endif // COROLINT_RT_SOCKETADDRESS_H
