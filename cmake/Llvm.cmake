# Finds LLVM and Clang: Debian's LLVM of the version COROLINT_LLVM, or the one of
# LLVM_DIR, which may be anywhere (`PREFIX/lib/cmake/llvm`) and then sets the version.

set(LlvmOldest 19)
set(LlvmNewest 23)

if(LLVM_DIR AND NOT DEFINED COROLINT_LLVM)
  find_package(LLVM REQUIRED CONFIG PATHS ${LLVM_DIR} NO_DEFAULT_PATH)
  set(LlvmDefault ${LLVM_VERSION_MAJOR})
else()
  set(LlvmDefault 22)
endif()
set(COROLINT_LLVM ${LlvmDefault} CACHE STRING
  "LLVM major version to build the checks for (${LlvmOldest} to ${LlvmNewest})")

find_package(LLVM REQUIRED CONFIG
  PATHS /usr/lib/llvm-${COROLINT_LLVM}/lib/cmake/llvm NO_DEFAULT_PATH)
if(NOT LLVM_VERSION_MAJOR EQUAL COROLINT_LLVM)
  message(FATAL_ERROR "COROLINT_LLVM is ${COROLINT_LLVM}, but LLVM_DIR is LLVM "
    "${LLVM_PACKAGE_VERSION} (${LLVM_DIR}): use one build directory for each LLVM")
endif()
if(COROLINT_LLVM LESS LlvmOldest OR COROLINT_LLVM GREATER LlvmNewest)
  message(FATAL_ERROR "corolint cannot be built for LLVM ${COROLINT_LLVM}, only for "
    "${LlvmOldest} to ${LlvmNewest}")
endif()
# Clang is beside its LLVM.
find_package(Clang REQUIRED CONFIG PATHS ${LLVM_DIR}/../clang NO_DEFAULT_PATH)
message(STATUS "corolint for LLVM ${LLVM_PACKAGE_VERSION}")
