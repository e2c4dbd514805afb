//===-- SocketAddress.cpp - Addresses of sockets --------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "corolint/rt/SocketAddress.h"
#include "corolint/rt/RunBlocking.h"
#include <arpa/inet.h>
#include <cstring>
#include <memory>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/un.h>
#include <system_error>

using namespace corolint::rt;

std::string Endpoint::to_string() const {
  std::string Text;
  for (int Shift = 24; Shift >= 0; Shift -= 8)
    Text += std::to_string(Address >> Shift & 0xff) + (Shift ? "." : ":");
  return Text + std::to_string(Port);
}

/// Converts \p From to one of the kernel's address types.
template <class Kind> static Kind as(const SocketAddress &From) noexcept {
  Kind Copy{};
  std::memcpy(&Copy, From.data(), sizeof(Copy));
  return Copy;
}

template <class Kind>
static SocketAddress make(const Kind &Address,
                          std::size_t Size = sizeof(Kind)) {
  return SocketAddress(reinterpret_cast<const sockaddr *>(&Address), Size);
}

SocketAddress::SocketAddress(const sockaddr *Address, std::size_t GivenSize)
    : Size(GivenSize) {
  static_assert(sizeof(sockaddr_storage) <= MaxSize);
  if (Size < sizeof(sa_family_t) || Size > MaxSize)
    throw std::invalid_argument("not the size of a socket's address");
  std::memcpy(Bytes, Address, Size);
}

SocketAddress::SocketAddress(Endpoint E) noexcept {
  sockaddr_in Address{};
  Address.sin_family = AF_INET;
  Address.sin_port = htons(E.Port);
  Address.sin_addr.s_addr = htonl(E.Address);
  *this = make(Address);
}

SocketAddress SocketAddress::ip(const std::string &Text, std::uint16_t Port) {
  sockaddr_in V4{};
  V4.sin_family = AF_INET;
  V4.sin_port = htons(Port);
  if (::inet_pton(AF_INET, Text.c_str(), &V4.sin_addr) == 1)
    return make(V4);
  sockaddr_in6 V6{};
  V6.sin6_family = AF_INET6;
  V6.sin6_port = htons(Port);
  const std::size_t Zone = Text.find('%');
  if (::inet_pton(AF_INET6, Text.substr(0, Zone).c_str(), &V6.sin6_addr) != 1)
    throw std::invalid_argument("not an IP address: " + Text);
  if (Zone != Text.npos) {
    V6.sin6_scope_id = ::if_nametoindex(Text.c_str() + Zone + 1);
    if (V6.sin6_scope_id == 0)
      throw std::invalid_argument("no such network interface: " + Text);
  }
  return make(V6);
}

SocketAddress SocketAddress::loopback6(std::uint16_t Port) noexcept {
  sockaddr_in6 Address{};
  Address.sin6_family = AF_INET6;
  Address.sin6_port = htons(Port);
  Address.sin6_addr = in6addr_loopback;
  return make(Address);
}

SocketAddress SocketAddress::unix_path(std::string_view Path) {
  sockaddr_un Address{};
  Address.sun_family = AF_UNIX;
  if (Path.size() >= sizeof(Address.sun_path))
    throw std::system_error(std::make_error_code(std::errc::filename_too_long),
                            std::string(Path));
  std::memcpy(Address.sun_path, Path.data(), Path.size());
  // The size of a path includes its terminator; abstract names have none.
  const bool IsAbstract = !Path.empty() && Path.front() == '\0';
  return make(Address, offsetof(sockaddr_un, sun_path) + Path.size() +
                           (IsAbstract ? 0 : 1));
}

int SocketAddress::family() const noexcept {
  return Size == 0 ? AF_UNSPEC : as<sockaddr_storage>(*this).ss_family;
}

std::uint16_t SocketAddress::port() const noexcept {
  switch (family()) {
  case AF_INET:
    return ntohs(as<sockaddr_in>(*this).sin_port);
  case AF_INET6:
    return ntohs(as<sockaddr_in6>(*this).sin6_port);
  default:
    return 0;
  }
}

std::string SocketAddress::to_string() const {
  char Text[INET6_ADDRSTRLEN] = {};
  if (family() == AF_INET) {
    const auto Address = as<sockaddr_in>(*this);
    ::inet_ntop(AF_INET, &Address.sin_addr, Text, sizeof(Text));
    return std::string(Text) + ":" + std::to_string(port());
  }
  if (family() == AF_INET6) {
    const auto Address = as<sockaddr_in6>(*this);
    ::inet_ntop(AF_INET6, &Address.sin6_addr, Text, sizeof(Text));
    std::string Zone;
    if (Address.sin6_scope_id != 0)
      Zone = "%" + std::to_string(Address.sin6_scope_id);
    return "[" + std::string(Text) + Zone + "]:" + std::to_string(port());
  }
  if (family() != AF_UNIX)
    return "<none>";
  const auto Address = as<sockaddr_un>(*this);
  const std::size_t Length = Size - offsetof(sockaddr_un, sun_path);
  if (Length == 0)
    return "<unnamed>";
  if (Address.sun_path[0] == '\0')
    return "@" + std::string(Address.sun_path + 1, Length - 1);
  return std::string(Address.sun_path, ::strnlen(Address.sun_path, Length));
}

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

namespace {
class ResolverCategory final : public std::error_category {
public:
  const char *name() const noexcept override { return "resolver"; }
  std::string message(int Code) const override { return ::gai_strerror(Code); }
};
} // namespace

const std::error_category &corolint::rt::resolver_category() noexcept {
  static const ResolverCategory Category;
  return Category;
}

static std::vector<SocketAddress> lookUp(const std::string &Host,
                                         const std::string &Service) {
  addrinfo Hints{};
  Hints.ai_socktype = SOCK_STREAM;
  addrinfo *First = nullptr;
  const int Error = ::getaddrinfo(Host.empty() ? nullptr : Host.c_str(),
                                  Service.c_str(), &Hints, &First);
  if (Error == EAI_SYSTEM)
    throw std::system_error(errno, std::generic_category(), "getaddrinfo");
  if (Error != 0)
    throw std::system_error(Error, resolver_category(), Host);
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> Owned(
      First, &::freeaddrinfo);
  std::vector<SocketAddress> Found;
  for (const addrinfo *A = First; A; A = A->ai_next)
    Found.emplace_back(A->ai_addr, A->ai_addrlen);
  return Found;
}

Task<std::vector<SocketAddress>> corolint::rt::resolve(std::string Host,
                                                       std::string Service) {
  co_return co_await run_blocking([&] { return lookUp(Host, Service); });
}
