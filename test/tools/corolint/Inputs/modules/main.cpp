#include "task.h"
import net;

Task direct_bad() { fetch(); co_return; }
Task inline_bad() { fetchInline(); co_return; }
Task implementation_bad() { store(); co_return; }
Task partition_bad() { refresh(); co_return; }
