#pragma once
#ifndef WIDGETS_CONFIGURED
#error configure first
#endif
#include <unistd.h>

namespace widgets {
inline void nap() { sleep(1); }
} // namespace widgets
