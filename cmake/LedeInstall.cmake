# What `cmake --install` adds to the rooms and tools, so that another CMake project can say
#   find_package(lede 0.1 REQUIRED)
#   target_link_libraries(mine PRIVATE lede::query)   # or lede::corpus, lede::readers, ...
# and include the headers as lede itself does: "corpus/words.hpp".

include(CMakePackageConfigHelpers)

set(LEDE_PACKAGE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/lede)

# The rooms are static archives: whoever links one also links what the room keeps to itself.
file(WRITE ${PROJECT_BINARY_DIR}/lede-config.cmake [[
include(CMakeFindDependencyMacro)

list(PREPEND CMAKE_MODULE_PATH ${CMAKE_CURRENT_LIST_DIR})  # FindXapian and the like
find_dependency(Xapian)
find_dependency(fmt CONFIG)
find_dependency(CLI11 CONFIG)
find_dependency(Utf8proc)
find_dependency(XxHash)
find_dependency(simdjson CONFIG)
find_dependency(LibXml2)
find_dependency(LibArchive)
find_dependency(ZLIB)
find_dependency(Brotli)
find_dependency(Uchardet)
find_dependency(Md4c)
find_dependency(yaml-cpp CONFIG)
find_dependency(Cld2)
find_dependency(Isal)
find_dependency(Zstd)
find_dependency(Threads)
list(POP_FRONT CMAKE_MODULE_PATH)

include(${CMAKE_CURRENT_LIST_DIR}/lede-targets.cmake)
]])

# A minor version of lede 0 may change any header.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/lede-config-version.cmake
  COMPATIBILITY SameMinorVersion)

install(EXPORT lede-targets NAMESPACE lede:: DESTINATION ${LEDE_PACKAGE_DIR})
install(
  FILES
    ${PROJECT_BINARY_DIR}/lede-config.cmake
    ${PROJECT_BINARY_DIR}/lede-config-version.cmake
    ${PROJECT_SOURCE_DIR}/cmake/FindBrotli.cmake
    ${PROJECT_SOURCE_DIR}/cmake/FindCld2.cmake
    ${PROJECT_SOURCE_DIR}/cmake/FindIsal.cmake
    ${PROJECT_SOURCE_DIR}/cmake/FindMd4c.cmake
    ${PROJECT_SOURCE_DIR}/cmake/FindUchardet.cmake
    ${PROJECT_SOURCE_DIR}/cmake/FindUtf8proc.cmake
    ${PROJECT_SOURCE_DIR}/cmake/FindXapian.cmake
    ${PROJECT_SOURCE_DIR}/cmake/FindXxHash.cmake
    ${PROJECT_SOURCE_DIR}/cmake/FindZstd.cmake
  DESTINATION ${LEDE_PACKAGE_DIR})
