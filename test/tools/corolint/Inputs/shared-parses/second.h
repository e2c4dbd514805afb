#pragma once

// Depends on another header.
#ifdef FIRST_CAME_FIRST
inline void ordered() { sleep(1); }
#else
inline void ordered() {}
#endif
