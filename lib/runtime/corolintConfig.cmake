# find_package(corolint): the targets corolint::rt and corolint::annotations.
include(CMakeFindDependencyMacro)
find_dependency(Threads)
include("${CMAKE_CURRENT_LIST_DIR}/corolintTargets.cmake")
