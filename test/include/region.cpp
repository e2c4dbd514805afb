// COROLINT_NO_YIELD_REGION is a block like any other, whatever stands around
// it: every case is run.

// RUN: g++-12 -std=c++17 %warnings %s -o %t && %t
// RUN: g++-12 -std=c++2b %warnings %s -o %t && %t
// RUN: clang++-16 -std=c++17 %warnings %s -o %t && %t
// RUN: clang++-16 -std=c++2b %warnings %s -o %t && %t
// RUN: clang++-19 -std=c++17 %warnings %s -o %t && %t
// RUN: clang++-19 -std=c++23 %warnings %s -o %t && %t
// RUN: clang++-22 -std=c++17 %warnings %s -o %t && %t
// RUN: clang++-22 -std=c++20 %warnings %s -o %t && %t
// RUN: clang++-22 -std=c++23 %warnings %s -o %t && %t

#include <corolint/annotations.h>

#include <cstdio>

static int Failures = 0;

static void expect(int Line, int Actual, int Expected) {
  if (Actual == Expected)
    return;
  std::printf("line %d: %d, expected %d\n", Line, Actual, Expected);
  ++Failures;
}
#define EXPECT(ACTUAL, EXPECTED) expect(__LINE__, ACTUAL, EXPECTED)

static int body() {
  int Value = 0;
  COROLINT_NO_YIELD_REGION {
    Value = 1;
  }
  return Value;
}

static int single_statement() {
  int Value = 0;
  COROLINT_NO_YIELD_REGION
    Value = 1;
  return Value;
}

static int nested() {
  int Value = 0;
  COROLINT_NO_YIELD_REGION {
    Value += 1;
    COROLINT_NO_YIELD_REGION {
      Value += 10;
      COROLINT_NO_YIELD_REGION {
        Value += 100;
      }
    }
  }
  COROLINT_NO_YIELD_REGION {
    Value += 1000;
  }
  return Value;
}

// The `else` belongs to the `if` that the author wrote.
static int branch_of_unbraced_if(bool Condition) {
  int Value = 0;
  if (Condition)
    COROLINT_NO_YIELD_REGION {
      Value = 1;
    }
  else
    Value = 2;
  return Value;
}

static int branch_of_unbraced_else(bool Condition) {
  int Value = 0;
  if (Condition)
    Value = 1;
  else
    COROLINT_NO_YIELD_REGION {
      Value = 2;
    }
  return Value;
}

static int both_branches(bool Condition) {
  int Value = 0;
  if (Condition)
    COROLINT_NO_YIELD_REGION {
      Value = 1;
    }
  else
    COROLINT_NO_YIELD_REGION {
      Value = 2;
    }
  return Value;
}

static int if_inside(bool Condition) {
  int Value = 0;
  COROLINT_NO_YIELD_REGION
    if (Condition)
      Value = 1;
    else
      Value = 2;
  return Value;
}

static int body_of_loop() {
  int Value = 0;
  for (int I = 0; I < 3; ++I)
    COROLINT_NO_YIELD_REGION {
      Value += I;
    }
  return Value;
}

static int break_leaves_the_loop() {
  int Value = 0;
  for (int I = 0; I < 10; ++I) {
    COROLINT_NO_YIELD_REGION {
      if (I == 3)
        break;
      Value = I;
    }
  }
  return Value;
}

static int continue_goes_on() {
  int Value = 0;
  for (int I = 0; I < 4; ++I) {
    COROLINT_NO_YIELD_REGION {
      if (I % 2)
        continue;
    }
    Value += I;
  }
  return Value;
}

static int break_leaves_the_switch(int Choice) {
  int Value = 0;
  switch (Choice) {
  case 1:
    COROLINT_NO_YIELD_REGION {
      Value = 1;
      break;
    }
  default:
    Value = 2;
  }
  return Value;
}

static int return_leaves_the_function() {
  COROLINT_NO_YIELD_REGION {
    return 1;
  }
  return 2;
}

static int throw_leaves() {
  try {
    COROLINT_NO_YIELD_REGION {
      throw 7;
    }
  } catch (int Value) {
    return Value;
  }
  return 0;
}

struct Counter {
  int &Count;
  ~Counter() { ++Count; }
};

static int objects_die_at_the_end() {
  int Count = 0;
  COROLINT_NO_YIELD_REGION {
    Counter Object{Count};
    (void)Object;
  }
  return Count;
}

static int in_lambda() {
  int Value = 0;
  COROLINT_NO_YIELD_REGION {
    auto Lambda = [&] {
      COROLINT_NO_YIELD_REGION {
        Value = 5;
      }
    };
    Lambda();
  }
  return Value;
}

template <typename T> static T in_template(T Value) {
  COROLINT_NO_YIELD_REGION {
    Value = Value + 1;
  }
  return Value;
}

static constexpr int in_constexpr(int Value) {
  COROLINT_NO_YIELD_REGION {
    Value += 1;
  }
  return Value;
}
static_assert(in_constexpr(1) == 2, "usable in constant expressions");

int main() {
  EXPECT(body(), 1);
  EXPECT(single_statement(), 1);
  EXPECT(nested(), 1111);
  EXPECT(branch_of_unbraced_if(true), 1);
  EXPECT(branch_of_unbraced_if(false), 2);
  EXPECT(branch_of_unbraced_else(true), 1);
  EXPECT(branch_of_unbraced_else(false), 2);
  EXPECT(both_branches(true), 1);
  EXPECT(both_branches(false), 2);
  EXPECT(if_inside(true), 1);
  EXPECT(if_inside(false), 2);
  EXPECT(body_of_loop(), 3);
  EXPECT(break_leaves_the_loop(), 2);
  EXPECT(continue_goes_on(), 2);
  EXPECT(break_leaves_the_switch(1), 1);
  EXPECT(break_leaves_the_switch(2), 2);
  EXPECT(return_leaves_the_function(), 1);
  EXPECT(throw_leaves(), 7);
  EXPECT(objects_die_at_the_end(), 1);
  EXPECT(in_lambda(), 5);
  EXPECT(in_template(1), 2);
  return Failures != 0;
}
