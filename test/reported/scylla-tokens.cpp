// RUN: %check_corolint %s coro-stale-state %t -std=c++20 -- -- \
// RUN:   -isystem %source/test/model-headers/stubs
// https://github.com/scylladb/scylladb/issues/7790
// A reference into the token metadata is held where a copy of part of it waits; a topology change replaces the
// metadata meanwhile. Keeping the pointer keeps the metadata.
#include <map>
#include <memory>
#include <seastar/seastar.hh>
#include <string>
#include <vector>
using seastar::future;
struct TokenMetadata {
  std::map<long, std::string> tokens;
  future<TokenMetadata> cloneOnlyTokenMap() const;
};
using TokenMetadataPtr = std::shared_ptr<const TokenMetadata>;
class StorageService {
  TokenMetadataPtr m_tokens;
  std::vector<std::string> ranges(const TokenMetadata &now, const TokenMetadata &later);

public:
  const TokenMetadata &tokenMetadata() const { return *m_tokens; }
  TokenMetadataPtr tokenMetadataPtr() const { return m_tokens; }
  void replace(TokenMetadataPtr tokens) { m_tokens = std::move(tokens); }

  future<std::vector<std::string>> changed_ranges_bad() {
    const TokenMetadata &tokens = tokenMetadata();
    auto later = co_await tokens.cloneOnlyTokenMap();
    co_return ranges(tokens, later); // warn: coro-stale-state
  }
  future<std::vector<std::string>> changed_ranges_ok() {
    TokenMetadataPtr tokens = tokenMetadataPtr();
    auto later = co_await tokens->cloneOnlyTokenMap();
    co_return ranges(*tokens, later);
  }
};
