#pragma once
#include <corolint/annotations.h>

void direct();      // blocks in direct.cpp
void one();         // blocks one file away
void five();        // blocks five files away
void step2();
void step3();
void step4();
void step5();
void harmless();
void allowed();     // blocking is meant
void recursive(int depth);

struct Store {
  virtual ~Store();
  virtual void flush();
};
Store &diskStore();

using Callback = void (*)();
void invoke(Callback callback); // calls it, in callbacks.cpp
void keep(Callback callback);   // does not
void sleeps();

void post(COROLINT_EVENT_LOOP Callback callback);
void onEvent();
void onQuietEvent();

struct Future {
  COROLINT_SYNC_WAIT int get();
};
int fetch();

void pump();

// Header-only code: every unit has it.
inline void headerOnly() { one(); }
template <typename T> void templated(T value) { value(); one(); }
