#pragma once

#include <memory>
#include <string>

#include "corpus/readers/input.hpp"

namespace lede {

/// What a gzip file holds, member by member (RFC 1952). Zeros between and behind members are passed
/// over. Where the file is broken, cut off, of a wrong checksum or followed by something else, all
/// bytes before that come out, and then read() throws InputError. libarchive keeps back what it
/// decoded last, and looks at no checksum.
/// `packed` must outlive it; `path` is for the error.
std::unique_ptr<ByteSource> gunzipped(Input& packed, std::string path);

}  // namespace lede
