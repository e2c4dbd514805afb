# The functions of clangd that ours replace; see ClangdApi.h. Of the first two,
# only one exists: see Compat.h.
function(corolint_wrap_clangd Target)
  foreach(Wrapped
      _ZN5clang16GetResourcesPathB5cxx11EPKcPv
      _ZN5clang18CompilerInvocation16GetResourcesPathB5cxx11EPKcPv
      _ZN5clang4tidy16ClangTidyContext13setASTContextEPNS_10ASTContextE
      _ZN5clang4tidy16ClangTidyContext17configurationDiagEN4llvm9StringRefENS_13DiagnosticIDs5LevelE
      _ZN5clang6clangd15isFastTidyCheckEN4llvm9StringRefE
      _ZN5clang6clangd16newJSONTransportEP8_IO_FILERN4llvm11raw_ostreamEPS4_bNS0_15JSONStreamStyleE
      _ZN5clang6clangd20provideDefaultChecksEv)
    target_link_options(${Target} PRIVATE -Wl,--wrap=${Wrapped})
  endforeach()
endfunction()
