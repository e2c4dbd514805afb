#include <corolint/annotations.h>
extern "C" unsigned sleep(unsigned);

COROLINT_BLOCKING int declared();
COROLINT_NO_YIELD void region() {}
COROLINT_NONBLOCKING void never() { sleep(1); }
COROLINT_EVENT_LOOP void loop() { sleep(1); }
void plain() {}
void calls() { declared(); }
