#include "api.h"
#include <unistd.h>

void invoke(Callback callback) { callback(); }

static Callback kept;
static void keep(Callback callback) { kept = callback; }
void keepThrough(Callback callback) { keep(callback); }

void post(COROLINT_EVENT_LOOP Callback callback) { kept = callback; }
void exclusive(COROLINT_NO_YIELD Callback callback) { callback(); }
void offload(COROLINT_ALLOW_BLOCKING Callback callback) { kept = callback; }

COROLINT_BLOCKING_FOR("disk") void declaredThere() {}
COROLINT_NONBLOCKING void trustedThere() { sleep(1); }
