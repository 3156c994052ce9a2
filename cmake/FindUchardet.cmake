# uchardet, Mozilla's detector of encodings.
find_path(UCHARDET_INCLUDE_DIR uchardet.h PATH_SUFFIXES uchardet)
find_library(UCHARDET_LIBRARY uchardet)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Uchardet REQUIRED_VARS UCHARDET_LIBRARY UCHARDET_INCLUDE_DIR)
if(Uchardet_FOUND AND NOT TARGET Uchardet::uchardet)
  add_library(Uchardet::uchardet UNKNOWN IMPORTED)
  set_target_properties(Uchardet::uchardet PROPERTIES
    IMPORTED_LOCATION ${UCHARDET_LIBRARY}
    INTERFACE_INCLUDE_DIRECTORIES ${UCHARDET_INCLUDE_DIR})
endif()
mark_as_advanced(UCHARDET_INCLUDE_DIR UCHARDET_LIBRARY)
