#include "api.h"
#include <unistd.h>

void invoke(Callback callback) { callback(); }

static Callback kept;
static void keep(Callback callback) { kept = callback; }
void keepThrough(Callback callback) { keep(callback); }

void post(COROLINT_EVENT_LOOP Callback callback) { kept = callback; }
void exclusive(COROLINT_NO_YIELD Callback callback) { callback(); }
void offload(COROLINT_ALLOW_BLOCKING Callback callback) { kept = callback; }

static Starter started;
void exclusively(COROLINT_NO_YIELD Starter start) { started = start; }
void aside(COROLINT_ALLOW_BLOCKING Starter start) { started = start; }

COROLINT_BLOCKING_FOR("disk") void declaredThere() {}
COROLINT_NONBLOCKING void trustedThere() { sleep(1); }
