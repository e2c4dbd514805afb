//===-- Message.h - A sentence of a finding, as data ------------*- C++ -*-===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A finding and its notes consist of messages: an entry of Messages.def with
// arguments. They stay data until a report or a diagnostic prints them.
//
//===----------------------------------------------------------------------===//

#ifndef COROLINT_REPORT_MESSAGE_H
#define COROLINT_REPORT_MESSAGE_H

#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace corolint {

/// The entries of Messages.def.
enum class MessageId : uint8_t {
#define COROLINT_MESSAGE(Id, Role, Text, Title, Remedy) Id,
#include "report/Messages.def"
};

/// The role of a message in a finding.
enum class MessageRole : uint8_t {
  Phrase,  ///< An argument of another message.
  Finding, ///< The warning.
  Context, ///< Explains why the code runs in a context.
  Step,    ///< A call on the way to the cause: caller and callee.
  Cause,   ///< The root cause.
  Detail,  ///< Any other note.
};

struct Message {
  /// The maximum that a shard can store.
  static constexpr unsigned MaxArguments = 4;

  MessageId Id = MessageId::Verbatim;
  std::vector<std::string> Arguments;

  /// Argument number \p Index, or empty if there is none.
  llvm::StringRef argument(unsigned Index) const;

  MessageRole role() const;

  /// The sentence.
  std::string text() const;

  /// The title of the root cause that the message describes, for a report.
  std::string title() const;

  /// Whether causes with the same title in two places are two causes.
  bool isCauseOfItsPlace() const;

  /// The remedy of the cause, or empty if there is no specific one.
  std::string remedy() const;

  /// Sets the kind of blocking, which may be known only from the whole program.
  void setReason(llvm::StringRef Reason);

  friend auto operator<=>(const Message &, const Message &) = default;
};

/// The name of \p Id in Messages.def, as used in shards.
llvm::StringRef nameOf(MessageId Id);

/// The message with the name \p Name in Messages.def.
std::optional<MessageId> messageNamed(llvm::StringRef Name);

} // namespace corolint

#endif // COROLINT_REPORT_MESSAGE_H
