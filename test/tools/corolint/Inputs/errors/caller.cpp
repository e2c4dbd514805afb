#include "task.h"
task caller_ok() { co_await work(); }
