# What every target of lede shares: its warnings, and one way to declare a room.

add_library(lede_build_flags INTERFACE)
target_compile_options(lede_build_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Woverloaded-virtual
  -Werror=switch)  # a new enumerator points at every place that must learn of it

# A static library whose headers are included as "room/header.hpp" and checked to stand alone.
#   lede_room(corpus SOURCES a.cpp HEADERS a.hpp PUBLIC_LINKS x PRIVATE_LINKS y)
function(lede_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;HEADERS;PUBLIC_LINKS;PRIVATE_LINKS" ${ARGN})
  add_library(lede_${name} STATIC ${ROOM_SOURCES})
  add_library(lede::${name} ALIAS lede_${name})
  target_sources(lede_${name} PUBLIC FILE_SET HEADERS
    BASE_DIRS ${PROJECT_SOURCE_DIR} FILES ${ROOM_HEADERS})
  target_compile_features(lede_${name} PUBLIC cxx_std_20)
  set_target_properties(lede_${name} PROPERTIES
    EXPORT_NAME ${name} VERIFY_INTERFACE_HEADER_SETS ON)
  target_link_libraries(lede_${name}
    PUBLIC ${ROOM_PUBLIC_LINKS}
    PRIVATE ${ROOM_PRIVATE_LINKS} $<BUILD_INTERFACE:lede_build_flags>)
  install(TARGETS lede_${name} EXPORT lede-targets
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
    FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/lede)
endfunction()

# One of the two tools: bin/lede-NAME from ROOM/main.cpp.
function(lede_tool name room)
  add_executable(lede-${name} main.cpp)
  target_link_libraries(lede-${name} PRIVATE lede::${room} lede_build_flags)
  install(TARGETS lede-${name} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endfunction()
