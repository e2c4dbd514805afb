#pragma once

template <class T> struct List {
  using iterator = T *;
  T *first = nullptr;
};
