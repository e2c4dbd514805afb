// RUN: %check_corolint %s coro-* %t -std=c11 -- -- -fblocks -fobjc-exceptions
// Objective-C: no crash, and what is known of C holds.

#include <corolint/annotations.h>
#include <unistd.h>

COROLINT_BLOCKING int block(void);

__attribute__((objc_root_class)) @interface Object {
  int value;
}
@property int count;
+ (instancetype)make;
- (int)run:(int)n;
@end

@implementation Object
@dynamic count;
+ (instancetype)make {
  return 0;
}
- (int)run:(int)n {
  @try {
    sleep(1);
  } @catch (id e) {
    block();
  } @finally {
    value = n;
  }
  @synchronized(self) {
    block();
  }
  void (^b)(void) = ^{
    block();
  };
  b();
  return [self run:n - 1] + self.count;
}
@end

COROLINT_EVENT_LOOP void event_loop_bad(Object *o) {
  block(); // warn: coro-blocking-call
  sleep(1); // warn: coro-blocking-call
  [o run:1];
  void (^later)(void) = ^{
    block();
  };
  (void)later;
}
