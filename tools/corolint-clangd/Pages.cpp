//===-- Pages.cpp - Links findings to the pages of our checks -------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ClangdApi.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace clang::clangd;
using namespace llvm;

std::unique_ptr<Transport>
realTransport(std::FILE *, raw_ostream &, raw_ostream *, bool,
              JSONStreamStyle) asm("__real__ZN5clang6clangd16newJSONTransportEP"
                                   "8_IO_FILERN4llvm11raw_ostreamEPS4_bNS0_"
                                   "15JSONStreamStyleE");
std::unique_ptr<Transport> linkingTransport(
    std::FILE *, raw_ostream &, raw_ostream *, bool,
    JSONStreamStyle) asm("__wrap__ZN5clang6clangd16newJSONTransport"
                         "EP8_IO_FILERN4llvm11raw_ostreamEPS4_bNS0_"
                         "15JSONStreamStyleE");

namespace {

/// The directory of the pages: PREFIX/share/corolint-LLVM/docs/checks, found
/// from PREFIX/bin/corolint-clangd.
std::string pagesDirectory() {
  SmallString<256> Path(sys::fs::getMainExecutable(nullptr, nullptr));
  sys::path::remove_filename(Path);
  sys::path::append(Path, "..", "share", "corolint-" COROLINT_LLVM,
                    "docs/checks");
  sys::path::remove_dots(Path, /*remove_dot_dot=*/true);
  return std::string(Path);
}

/// A path as a file: URI.
std::string uriOf(StringRef Path) {
  std::string Result = "file://";
  for (char C : Path) {
    if (isAlnum(C) || StringRef("/-_.~").contains(C)) {
      Result += C;
      continue;
    }
    Result += '%';
    Result += toHex(StringRef(&C, 1));
  }
  return Result;
}

/// clangd assumes that every check is one of clang-tidy's own, documented at
/// clang.llvm.org. This links ours to our page, or to none, because a dead link
/// is worse.
class LinkingTransport : public Transport {
public:
  LinkingTransport(std::unique_ptr<Transport> Stock)
      : Stock(std::move(Stock)), Pages(pagesDirectory()) {}

  void notify(StringRef Method, json::Value Params) override {
    if (Method == "textDocument/publishDiagnostics")
      linkAll(Params);
    Stock->notify(Method, std::move(Params));
  }

  void call(StringRef Method, json::Value Params, json::Value ID) override {
    Stock->call(Method, std::move(Params), std::move(ID));
  }

  /// Of all answers, only code actions contain diagnostics.
  void reply(json::Value ID, Expected<json::Value> Result) override {
    if (Result)
      if (json::Array *Actions = Result->getAsArray())
        for (json::Value &Action : *Actions)
          linkAll(Action);
    Stock->reply(std::move(ID), std::move(Result));
  }

  Error loop(MessageHandler &Handler) override { return Stock->loop(Handler); }

private:
  void linkAll(json::Value &Holder) const {
    json::Object *Object = Holder.getAsObject();
    json::Array *Diagnostics =
        Object ? Object->getArray("diagnostics") : nullptr;
    if (!Diagnostics)
      return;
    for (json::Value &Diagnostic : *Diagnostics)
      if (json::Object *Fields = Diagnostic.getAsObject())
        link(*Fields);
  }

  void link(json::Object &Diagnostic) const {
    std::optional<StringRef> Code = Diagnostic.getString("code");
    if (!Code || !Code->starts_with("coro-") ||
        !Diagnostic.get("codeDescription"))
      return;
    SmallString<256> Page(Pages);
    sys::path::append(Page, *Code + ".md");
    if (sys::fs::exists(Page))
      Diagnostic["codeDescription"] = json::Object{{"href", uriOf(Page)}};
    else
      Diagnostic.erase("codeDescription");
  }

  std::unique_ptr<Transport> Stock;
  std::string Pages;
};

} // namespace

std::unique_ptr<Transport> linkingTransport(std::FILE *In, raw_ostream &Out,
                                            raw_ostream *InMirror, bool Pretty,
                                            JSONStreamStyle Style) {
  return std::make_unique<LinkingTransport>(
      realTransport(In, Out, InMirror, Pretty, Style));
}
