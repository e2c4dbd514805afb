//===-- ContextFrame.cpp - The stack frame to report ----------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ContextFrame.h"
#include <algorithm>
#include <execinfo.h>
#include <string_view>

using namespace corolint::rt;
using namespace corolint::rt::detail;

// NOLINTBEGIN(bugprone-reserved-identifier)
extern "C" {
// Defined by the linker for the section of COROLINT_RT_RESUMES.
extern const char __start_corolint_resume[];
extern const char __stop_corolint_resume[];
}
// NOLINTEND(bugprone-reserved-identifier)

static bool resumesCoroutines(void *ReturnAddress) {
  const auto *Address = static_cast<const char *>(ReturnAddress);
  return Address > __start_corolint_resume && Address <= __stop_corolint_resume;
}

// GCC calls the body of a coroutine `f.actor`, Clang `f.resume`.
bool corolint::rt::detail::isCoroutineBody(const SourceFrame &Frame) {
  return Frame.Symbol.find(".actor") != std::string::npos ||
         Frame.Symbol.find(".resume") != std::string::npos;
}

bool corolint::rt::detail::isLibrary(const SourceFrame &Frame) {
  // In the Itanium ABI's mangling, the qualifiers of the innermost name come
  // first.
  std::string_view Name = Frame.Symbol;
  if (!Name.starts_with("_Z"))
    return false;
  Name.remove_prefix(
      std::min(Name.find_first_not_of("ZNKVRO", 2), Name.size()));
  return Name.starts_with("8corolint2rt") || Name.starts_with("St") ||
         Name.starts_with("9__gnu_cxx");
}

std::size_t
corolint::rt::detail::contextFrame(const std::vector<void *> &Stack,
                                   const std::vector<SourceFrame> &Frames,
                                   void *RegionBegin) {
  const auto Begin = Frames.begin();
  const auto End =
      Begin + (std::ranges::find_if(Stack, resumesCoroutines) - Stack.begin());
  const std::string Region =
      RegionBegin ? locate(RegionBegin).Symbol : std::string();

  auto Context = End;
  if (!Region.empty())
    Context = std::find_if(Begin, End, [&](const SourceFrame &Frame) {
      return Frame.Symbol == Region;
    });
  // Without optimisation, GCC transfers between coroutines by calls, so the
  // innermost one is running.
  if (Context == End && End != Frames.end())
    Context = std::find_if(Begin, End, isCoroutineBody);
  if (Context == End && End != Frames.end() && End != Begin)
    Context = std::prev(End);
  if (Context == End)
    return Frames.size();
  // The library only calls callables that it was given.
  while (Context != Begin && isLibrary(*Context))
    --Context;
  return isLibrary(*Context) ? Frames.size() : std::size_t(Context - Begin);
}

SourceSite corolint::rt::detail::callInContext(const std::source_location &Call,
                                               void *RegionBegin) {
  static constexpr int MaxFrames = 64;
  std::vector<void *> Stack(MaxFrames);
  Stack.resize(std::size_t(::backtrace(Stack.data(), MaxFrames)));
  std::vector<SourceFrame> Frames;
  Frames.reserve(Stack.size());
  for (void *Address : Stack)
    Frames.push_back(locate(Address));
  const std::size_t Context = contextFrame(Stack, Frames, RegionBegin);
  if (Context == Frames.size() || Frames[Context].OwnSite.Line == 0)
    return Call;
  const auto Frame = Frames.begin() + std::ptrdiff_t(Context);
  return std::all_of(Frames.begin(), Frame, isLibrary) ? SourceSite(Call)
                                                       : Frame->OwnSite;
}
