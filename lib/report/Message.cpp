//===-- Message.cpp - A sentence of a finding, as data --------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "report/Message.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace corolint {

namespace {

struct Entry {
  StringRef Name;
  MessageRole Role;
  StringRef Text, Title, Remedy;
};

constexpr Entry Entries[] = {
#define COROLINT_MESSAGE(Id, Role, Text, Title, Remedy)                        \
  {#Id, MessageRole::Role, Text, Title, Remedy},
#include "report/Messages.def"
};

const Entry &entryOf(MessageId Id) { return Entries[unsigned(Id)]; }

/// Replaces `%0` and `%(0)` in \p Text by the arguments of \p M.
std::string expand(StringRef Text, const Message &M) {
  std::string Result;
  while (!Text.empty()) {
    auto [Before, After] = Text.split('%');
    Result += Before;
    Text = After;
    if (Text.empty())
      break;
    const bool Optional = Text.consume_front("(");
    const StringRef Argument = M.argument(Text.front() - '0');
    Text = Text.drop_front();
    if (!Optional) {
      Result += Argument;
      continue;
    }
    Text = Text.drop_front(); // The closing parenthesis.
    if (!Argument.empty())
      Result += (" (" + Argument + ")").str();
  }
  return Result;
}

} // namespace

StringRef Message::argument(unsigned Index) const {
  return Index < Arguments.size() ? StringRef(Arguments[Index]) : StringRef();
}

MessageRole Message::role() const { return entryOf(Id).Role; }

std::string Message::text() const { return expand(entryOf(Id).Text, *this); }

std::string Message::title() const {
  const StringRef Title = entryOf(Id).Title;
  return Title.empty() ? text() : expand(Title, *this);
}

bool Message::isCauseOfItsPlace() const { return !entryOf(Id).Title.empty(); }

std::string Message::remedy() const {
  return expand(entryOf(Id).Remedy, *this);
}

void Message::setReason(StringRef Reason) {
  assert(Id == MessageId::MayBlock || Reason.empty() || Arguments.size() == 2);
  Arguments.resize(3);
  Arguments[2] = Reason.str();
}

StringRef nameOf(MessageId Id) { return entryOf(Id).Name; }

std::optional<MessageId> messageNamed(StringRef Name) {
  const auto *It =
      llvm::find_if(Entries, [&](const Entry &E) { return E.Name == Name; });
  if (It == std::end(Entries))
    return std::nullopt;
  return MessageId(It - Entries);
}

} // namespace corolint
