namespace library {
template <class F> void innermost(F f) { f(); }
template <class F> void inner(F f) { innermost(f); }
template <class F> void each(F f) { inner(f); }
} // namespace library
