// REQUIRES: terminal-headers
// RUN: %corolint_model_check --model=%models/terminal.yaml %s -- -std=c++20

#include <stdio.h>
#include <readline/readline.h>
#include <ncurses.h>
