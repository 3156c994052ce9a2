#!/usr/bin/env bats
# An installed lede is a CMake package: another project finds it, builds on it and runs.
# Needs LEDE_BUILD, the folder of a finished build, and LEDE_XAPIAN_ARCHIVE, empty if it used none.

setup_file() {
  local staged=$BATS_FILE_TMPDIR/staged
  export PREFIX=$BATS_FILE_TMPDIR/prefix CONSUMER=$BATS_FILE_TMPDIR/consumer
  cmake --install "${LEDE_BUILD:?}" --prefix "$staged"
  mv "$staged" "$PREFIX"  # packages are built in one place and used in another
  cmake -S "$BATS_TEST_DIRNAME/consumer" -B "$CONSUMER" -G Ninja -D CMAKE_PREFIX_PATH="$PREFIX"
  cmake --build "$CONSUMER"
}

@test "a program of another project reads words and questions" {
  run "$CONSUMER/consumer" 'Café "ÅNGSTRÖM society"'
  echo "$output"
  [ "$status" -eq 0 ]
  [ "$output" = $'cafe\nangstrom\nsociety' ]
}

@test "an error of the library reaches the other project as an exception" {
  run "$CONSUMER/consumer" '(harbour'
  echo "$output"
  [ "$status" -eq 2 ]
  [[ $output == 'no question: '* ]]
}

@test "the installed tools run" {
  "$PREFIX/bin/lede-index" --version
  "$PREFIX/bin/lede-query" --version
}

@test "lede-query loads nothing, if there was an archive of libxapian to build it from" {
  [ -n "${LEDE_XAPIAN_ARCHIVE?}" ] || skip 'built with the shared libxapian'
  run readelf -W --program-headers --dynamic "$PREFIX/bin/lede-query"
  echo "$output"
  [ "$status" -eq 0 ]
  [[ $output == *'Program Headers:'* ]]
  [[ $output != *INTERP* ]]
  [[ $output != *NEEDED* ]]
}

@test "nothing installed for CMake remembers where lede was built" {
  run grep -rF --include='*.cmake' -e "$LEDE_BUILD" -e libxapian.a -e "$BATS_FILE_TMPDIR" "$PREFIX"
  echo "$output"
  [ "$status" -eq 1 ]
}
