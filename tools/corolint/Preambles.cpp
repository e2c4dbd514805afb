//===-- Preambles.cpp - Finds units that share headers --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Preambles.h"
#include "IncludeClosures.h"
#include "llvm/ADT/BitVector.h"
#include <cstddef>
#include <iterator>

using namespace llvm;

namespace corolint {

namespace {

/// A smaller preamble costs about as much as it saves: a parse reads some
/// megabytes a second, and a fork takes milliseconds.
constexpr uint64_t LeastBytes = 64 << 10;

/// Whether the units may share \p Header if they share all of \p Shared. One
/// without a guard is guarded by the headers that include it.
bool mayShare(unsigned Header, const BitVector &Shared,
              ArrayRef<ScannedHeader> Headers) {
  const ScannedHeader &Known = Headers[Header];
  return Shared.test(Header) &&
         (Known.Guarded ||
          (!Known.InUnit && llvm::all_of(Known.Includers, [&](unsigned By) {
            return Shared.test(By);
          })));
}

/// Whether a preamble lists the header of \p I, as one that is first named by a
/// unit or by a project file outside \p Shared. A header that only a system
/// header names may depend on the lines before it there, and is left to the
/// units.
bool isListed(const Inclusion &I, const BitVector &Shared,
              ArrayRef<ScannedHeader> Headers) {
  return Shared.test(I.Header) && Headers[I.Header].Guarded &&
         (I.Includer == Inclusion::UnitFile ||
          (!Shared.test(I.Includer) && !Headers[I.Includer].System));
}

/// For each header, the headers that it includes in some unit.
std::vector<SmallVector<unsigned, 8>>
includedBy(ArrayRef<ScannedHeader> Headers) {
  std::vector<SmallVector<unsigned, 8>> Result(Headers.size());
  for (unsigned Header = 0; Header < Headers.size(); ++Header)
    for (unsigned Includer : Headers[Header].Includers)
      Result[Includer].push_back(Header);
  return Result;
}

/// Units that may come to share a preamble.
struct Cluster {
  std::vector<unsigned> Units; ///< The first is the least.
  BitVector Shared;            ///< Headers that all of them include.
  uint64_t Bytes = 0;          ///< Of the headers that the preamble reads.

  /// The bytes that a preamble of these units saves.
  uint64_t saving() const { return (Units.size() - 1) * Bytes; }
};

class Clustering {
public:
  Clustering(ArrayRef<ArrayRef<Inclusion>> Units,
             ArrayRef<ScannedHeader> Headers)
      : Units(Units), Headers(Headers),
        Closures(includeClosures(includedBy(Headers))) {
    for (unsigned Unit = 0; Unit < Units.size(); ++Unit)
      if (!Units[Unit].empty())
        Clusters.push_back(clusterOf(Unit));
  }

  /// Repeatedly joins the two clusters whose union saves most. Cubic in the
  /// number of units; callers pass at most some dozens.
  std::vector<Cluster> run() {
    while (joinBest())
      ;
    return std::move(Clusters);
  }

private:
  Cluster clusterOf(unsigned Unit) const {
    Cluster C;
    C.Units = {Unit};
    C.Shared.resize(Headers.size());
    for (const Inclusion &I : Units[Unit])
      if (!I.Spelling.empty())
        C.Shared.set(I.Header);
    C.Bytes = bytesOf(C);
    return C;
  }

  uint64_t bytesOf(const Cluster &C) const {
    BitVector Read(Headers.size());
    for (const Inclusion &I : Units[C.Units.front()])
      if (isListed(I, C.Shared, Headers) && !Read.test(I.Header))
        Read |= Closures[I.Header];
    Read &= C.Shared;
    uint64_t Sum = 0;
    for (unsigned Header : Read.set_bits())
      if (mayShare(Header, C.Shared, Headers))
        Sum += Headers[Header].Bytes;
    return Sum;
  }

  Cluster joined(const Cluster &A, const Cluster &B) const {
    Cluster Result = A;
    Result.Units.insert(Result.Units.end(), B.Units.begin(), B.Units.end());
    if (B.Units.front() < A.Units.front())
      std::swap(Result.Units.front(), Result.Units[A.Units.size()]);
    Result.Shared &= B.Shared;
    Result.Bytes = bytesOf(Result);
    return Result;
  }

  bool joinBest() {
    uint64_t Best = 0;
    size_t First = 0, Second = 0;
    for (size_t I = 0; I < Clusters.size(); ++I)
      for (size_t J = I + 1; J < Clusters.size(); ++J) {
        const uint64_t Apart = Clusters[I].saving() + Clusters[J].saving();
        const uint64_t Together = joined(Clusters[I], Clusters[J]).saving();
        if (Together > Apart && Together - Apart > Best) {
          Best = Together - Apart;
          First = I;
          Second = J;
        }
      }
    if (!Best)
      return false;
    Clusters[First] = joined(Clusters[First], Clusters[Second]);
    Clusters.erase(std::next(Clusters.begin(), std::ptrdiff_t(Second)));
    return true;
  }

  ArrayRef<ArrayRef<Inclusion>> Units;
  ArrayRef<ScannedHeader> Headers;
  std::vector<BitVector> Closures;
  std::vector<Cluster> Clusters;
};

/// The directives that include \p Shared, in the order in which \p Unit reaches
/// them.
std::string textOf(ArrayRef<Inclusion> Unit, const BitVector &Shared,
                   ArrayRef<ScannedHeader> Headers) {
  std::string Text;
  for (const Inclusion &I : Unit)
    if (isListed(I, Shared, Headers))
      Text += "#include " + I.Spelling + "\n";
  return Text;
}

} // namespace

std::vector<Preamble> findPreambles(ArrayRef<std::optional<UnitIncludes>> Units,
                                    ArrayRef<ScannedHeader> Headers) {
  // Units that were not scanned share nothing, like those without includes.
  std::vector<ArrayRef<Inclusion>> Includes;
  for (const std::optional<UnitIncludes> &Unit : Units)
    Includes.push_back(Unit ? ArrayRef(*Unit) : ArrayRef<Inclusion>());
  std::vector<Preamble> Result;
  for (Cluster &C : Clustering(Includes, Headers).run()) {
    if (C.Units.size() < 2 || C.Bytes < LeastBytes)
      continue;
    llvm::sort(C.Units);
    std::string Text = textOf(Includes[C.Units.front()], C.Shared, Headers);
    Result.push_back({std::move(C.Units), std::move(Text)});
  }
  return Result;
}

} // namespace corolint
