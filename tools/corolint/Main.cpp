//===-- Main.cpp - The driver's command line ------------------------------===//
//
// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Bundle.h"
#include "Options.h"
#include <unistd.h>

using namespace llvm;
using namespace corolint;

static int run(int Argc, char **Argv) {
  // cl::opt does not support "everything after --".
  std::vector<const char *> Arguments;
  int At = 0;
  for (; At < Argc && StringRef(Argv[At]) != "--"; ++At)
    Arguments.push_back(Argv[At]);
  // Accept `help` as a command, as git and other tools do.
  if (Arguments.size() > 1 && StringRef(Arguments[1]) == "help") {
    Arguments.erase(Arguments.begin() + 1);
    Arguments.push_back("--help");
  }
  for (++At; At < Argc; ++At)
    CommandAfter.push_back(Argv[At]);
  for (cl::SubCommand *Command :
       {&checkCommand(), &auditCommand(), &extractCommand(), &linkCommand(),
        &explainCommand(), &ninjaCommand(), &doctorCommand(), &initCommand()})
    cl::HideUnrelatedOptions(category(), *Command);
  cl::HideUnrelatedOptions(category());
  cl::SetVersionPrinter([](raw_ostream &Out) { Out << versionText() << '\n'; });
  // llvm::cl exits with 1, which here means that there are findings.
  std::string Wrong;
  raw_string_ostream WrongStream(Wrong);
  if (!cl::ParseCommandLineOptions(
          Arguments.size(), Arguments.data(),
          "corolint: finds where C++ coroutines yield, block or wait though "
          "they must not\n\nExit status: 0 nothing found, 1 something found, 2 "
          "it could not do its work.\n",
          &WrongStream)) {
    errs() << WrongStream.str();
    return Exit::Failed;
  }
  if (checkCommand())
    return runCheck(Arguments);
  if (auditCommand())
    return runAudit();
  if (extractCommand())
    return runExtract();
  if (linkCommand())
    return runLink();
  if (explainCommand())
    return runExplain();
  if (ninjaCommand())
    return runNinja();
  if (doctorCommand())
    return runDoctor();
  if (initCommand())
    return runInit();
  return fail("name a command: check, audit, extract, link, explain, ninja, "
              "doctor or init; see 'corolint --help'");
}

int main(int Argc, char **Argv) {
  std::optional<int> Bundled = runBundled(Argc, Argv);
  const int Status = Bundled ? *Bundled : run(Argc, Argv);
  outs().flush();
  errs().flush();
  // Freeing a large program would only cost time.
  _exit(Status);
}
