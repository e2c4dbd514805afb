# Installs the rest, besides the runtime and the driver, and makes the Debian package:
# `cpack -G DEB` makes corolint-22_*.deb or corolint-19_*.deb.
#
# Both can be installed at once: each has a tree of its own, /usr/lib/corolint-22,
# like LLVM's, with links to it in the usual places. debian.cmake makes those.
#
# docs/packages.md explains its use.

set(COROLINT_MAINTAINER "corolint maintainers <corolint@example.org>" CACHE STRING
  "Who answers for the package: NAME <ADDRESS>. Set it before you publish one")
set(COROLINT_HOMEPAGE "" CACHE STRING
  "Where the sources are published; named in the package if set")

if(COROLINT_BUILD_CHECKS)
  set(CorolintShare ${CMAKE_INSTALL_DATADIR}/corolint-${COROLINT_LLVM})
  # Programs look for the plugin in ../lib.
  install(TARGETS corolint LIBRARY DESTINATION lib)
  if(TARGET corolint-clangd)
    install(TARGETS corolint-clangd RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
  endif()
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/docs DESTINATION ${CorolintShare}
    USE_SOURCE_PERMISSIONS PATTERN man EXCLUDE)
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/tools/hooks DESTINATION ${CorolintShare}
    USE_SOURCE_PERMISSIONS PATTERN __pycache__ EXCLUDE)
  install(FILES ${PROJECT_SOURCE_DIR}/docs/man/corolint-changed.1
    DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
endif()

set(CPACK_PACKAGE_NAME corolint-${COROLINT_LLVM})
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "${COROLINT_MAINTAINER}")
set(CPACK_DEBIAN_PACKAGE_HOMEPAGE "${COROLINT_HOMEPAGE}")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "checks for C++20 coroutines (LLVM ${COROLINT_LLVM})")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"Finds at compile time what breaks cooperative concurrency: a coroutine that
yields where it must not, one that blocks the thread all others share, one
that waits synchronously for what needs that thread, and locks that are held
across a suspension point.
.
Holds the plugin for clang-tidy-${COROLINT_LLVM}, clangd with the checks inside, the
whole-program driver, the annotations and the reference runtime.")
set(CPACK_PACKAGE_FILE_NAME
  corolint-${COROLINT_LLVM}_${PROJECT_VERSION}_${CMAKE_SYSTEM_PROCESSOR})
set(CPACK_PACKAGING_INSTALL_PREFIX /usr/lib/corolint-${COROLINT_LLVM})
set(CPACK_STRIP_FILES ON)

set(CPACK_GENERATOR DEB)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)

# C++ has no stable ABI between releases of LLVM: the minor version built for,
# and no later one. Debian's packages of LLVM have the epoch 1.
if(COROLINT_BUILD_CHECKS)
  math(EXPR NextMinor "${LLVM_VERSION_MINOR} + 1")
  set(From "1:${LLVM_VERSION_MAJOR}.${LLVM_VERSION_MINOR}")
  set(Below "1:${LLVM_VERSION_MAJOR}.${NextMinor}")
  foreach(Package clang-tidy-${COROLINT_LLVM} libclang-cpp${COROLINT_LLVM}
      libllvm${COROLINT_LLVM})
    list(APPEND Depends "${Package} (>= ${From})" "${Package} (<< ${Below})")
  endforeach()
  list(APPEND Depends libclang-common-${COROLINT_LLVM}-dev)
  list(JOIN Depends ", " CPACK_DEBIAN_PACKAGE_DEPENDS)
  set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "python3, git")
endif()

set(Generated ${PROJECT_BINARY_DIR}/packaging)
foreach(Script postinst prerm)
  configure_file(${CMAKE_CURRENT_LIST_DIR}/packaging/${Script}.in
    ${Generated}/${Script} @ONLY
    FILE_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE
      GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
  list(APPEND CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${Generated}/${Script})
endforeach()
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

# The date of the changelog; SOURCE_DATE_EPOCH sets it.
string(TIMESTAMP PackageDate "%a, %d %b %Y %H:%M:%S +0000" UTC)
set(Packaging ${CMAKE_CURRENT_LIST_DIR}/packaging)
configure_file(${Packaging}/debian.cmake.in ${Generated}/debian.cmake @ONLY)
set(CPACK_PRE_BUILD_SCRIPTS ${Generated}/debian.cmake)

include(CPack)
