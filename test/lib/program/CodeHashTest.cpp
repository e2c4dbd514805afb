//===-- CodeHashTest.cpp - Which changes of a file count ------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "program/CodeHash.h"
#include <gtest/gtest.h>

using namespace corolint;
using namespace llvm;

namespace {

TEST(CodeHash, CommentsBecomeSpaces) {
  EXPECT_EQ(withoutComments("int a; // one\nint b;\n"), "int a;\nint b;");
  EXPECT_EQ(withoutComments("f(/* x */ 1);"), "f(        1);");
  EXPECT_EQ(withoutComments("/* a\n   b */ int c;\n"), "\n        int c;");
  EXPECT_EQ(withoutComments("// a \\\n still\nint b;"), "\n\nint b;");
  EXPECT_EQ(withoutComments("int a; /* no end\n\n"), "int a;");
}

TEST(CodeHash, SpacesAtTheEndsOfLinesDoNotCount) {
  EXPECT_EQ(withoutComments("int a;  \r\nint b;\t\n\n\n"), "int a;\nint b;");
  EXPECT_EQ(withoutComments("int a;\n\nint b;"), "int a;\n\nint b;");
}

TEST(CodeHash, LiteralsStay) {
  for (const char *Code :
       {R"(f("http://x", 'a');)", R"(f("\"//", '"', '//');)",
        R"(f('\'', "/*");)", "f(R\"x(// )\" /* )x\");", "f(u8R\"(//\n)\");",
        "f(LR\"(//)\");", "int i = 1'000'000 / b; char c = '\"';",
        "f(\"no end // here", "f(u8'\"', L'\"');", "f(R\"(no end // "})
    EXPECT_EQ(withoutComments(Code), StringRef(Code).rtrim(' ')) << Code;
  EXPECT_EQ(withoutComments("f(FOOR\"(//\");//x"), "f(FOOR\"(//\");");
  EXPECT_EQ(withoutComments("f(1'0); // '\ng();"), "f(1'0);\ng();");
}

TEST(CodeHash, CommentsThatMatterStay) {
  for (const char *Code :
       {"f(); // NOLINT(coro-blocking-call)", "/* NOLINTNEXTLINE */\nf();",
        "#include <a//b.h>", " # include <a//b.h>", "#error don't // do it",
        "#define F \\ // c\n  g()"})
    EXPECT_EQ(withoutComments(Code), Code);
  EXPECT_EQ(withoutComments("#define F 1 // c\nf(); // d"),
            "#define F 1 // c\nf();");
  EXPECT_EQ(withoutComments("/* c */ #include <a//b.h>"),
            "        #include <a//b.h>");
}

TEST(CodeHash, OnlyCodeOfTheProject) {
  const char *Code = "int a; // one", *Same = "int a; // two";
  EXPECT_EQ(hashOfFile("a.h", Code), hashOfFile("a.h", Same));
  EXPECT_EQ(hashOfFile("src/a.CPP", Code), hashOfFile("src/a.CPP", Same));
  EXPECT_NE(hashOfFile("a.h", Code), hashOfFile("a.h", "int b; // one"));
  for (const char *Name : {"/usr/include/a.h", "models.yaml", "a.pcm", "a"})
    EXPECT_NE(hashOfFile(Name, Code), hashOfFile(Name, Same)) << Name;
}

} // namespace
