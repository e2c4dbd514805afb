#pragma once
#include <corolint/annotations.h>
#include <memory>

// Virtual destructors: what is derived from them is seen in owners.cpp only.
struct Base {
  virtual ~Base();
};
struct Quiet {
  virtual ~Quiet();
};
Base *makeBase();
Quiet *makeQuiet();
struct Owned {
  ~Owned(); // blocks
};

using Callback = void (*)();
void invoke(Callback callback);      // calls it
void through(Callback callback);     // hands it to invoke
void farther(Callback callback);     // hands it to through
void keepThrough(Callback callback); // hands it to one that keeps it
void sleeps();
void sleepsToo();

// What runs these, their definitions declare.
void post(Callback callback);
void exclusive(Callback callback);
void offload(Callback callback);
void onEvent();
void onIdle();
void inside();
void onWorker();

void declaredThere();  // blocking
void trustedThere();   // nonblocking, though it sleeps
void either();         // sleeps by the allowed way, and by another, longer one
void byAllowed();      // only by the allowed way
void allowedWay();
void equally();        // two ways of one length
COROLINT_YIELDS void turn();

// Coroutines that another file hands over.
struct Task;
using Starter = Task (*)();
void exclusively(Starter start); // no-yield
void aside(Starter start);       // allow-blocking
Task alone();
Task worker();
