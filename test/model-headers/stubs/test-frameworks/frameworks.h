// doctest 2.4.6 and Catch2 2.13.10, as far as lib/model/test-frameworks.yaml names them.

#ifndef COROLINT_TEST_FRAMEWORKS_H
#define COROLINT_TEST_FRAMEWORKS_H

namespace doctest::detail {
bool isDebuggerActive();
} // namespace doctest::detail

namespace Catch {
bool isDebuggerActive();
} // namespace Catch

#endif // COROLINT_TEST_FRAMEWORKS_H
