# Xapian as a target. Its own CMake package knows file names only, and those of one machine would
# end up in lede's package. LEDE_XAPIAN_ARCHIVE names a static library to link instead of the one
# that package tells of; the headers are the installed ones all the same.
find_package(xapian CONFIG QUIET)
if(LEDE_XAPIAN_ARCHIVE)
  set(XAPIAN_LIBRARIES ${LEDE_XAPIAN_ARCHIVE} uuid z)
endif()
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Xapian REQUIRED_VARS XAPIAN_LIBRARIES XAPIAN_INCLUDE_DIR)
if(Xapian_FOUND AND NOT TARGET Xapian::xapian)
  add_library(Xapian::xapian INTERFACE IMPORTED)
  set_target_properties(Xapian::xapian PROPERTIES
    INTERFACE_LINK_LIBRARIES "${XAPIAN_LIBRARIES}"
    INTERFACE_INCLUDE_DIRECTORIES "${XAPIAN_INCLUDE_DIR}")
endif()
