#pragma once

// Depends on what the unit defines first.
#ifdef SLOW
inline void configured() { sleep(1); }
#else
inline void configured() {}
#endif
