// REQUIRES: sdbus-cpp-headers
// RUN: %check_corolint %s coro-blocking-call %t -std=c++20
// https://github.com/Kistler-Group/sdbus-cpp/issues/236
// The implementation of a D-Bus method calls another service and waits, on the
// thread of their one connection.

#include <sdbus-c++/sdbus-c++.h>
#include <memory>
#include <string>

void reported_bad(sdbus::IObject &object, sdbus::IProxy &other) {
  object.registerMethod("M1").onInterface("org.example.A").implementedAs([&other]() -> int {
    int answer = 0;
    other.callMethod("M2").onInterface("org.example.B").storeResultsTo(answer); // warn: coro-blocking-call
    return answer;
  });
}
void mended_ok(sdbus::IObject &object, sdbus::IProxy &other) {
  object.registerMethod("M1").onInterface("org.example.A").implementedAs([&other](sdbus::Result<int> &&r) {
    auto result = std::make_shared<sdbus::Result<int>>(std::move(r));
    other.callMethodAsync("M2").onInterface("org.example.B").uponReplyInvoke(
        [result](const sdbus::Error *error, int answer) {
          if (!error)
            result->returnResults(answer);
        });
  });
}
