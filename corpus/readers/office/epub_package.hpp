#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/article.hpp"

namespace lede {

/// What an EPUB says of itself and its parts. Paths are names of members of its zip.
struct EpubPackage {
  Article about;                   ///< title, authors, date, ...; no text
  std::vector<std::string> spine;  ///< the documents in reading order, each once
  std::string contents;            ///< the document or NCX with its table of contents; may be empty
  bool is_periodical = false;      ///< an issue of a magazine or newspaper, or fetched news
};

/// Reads the package document (OPF) that lies at `path`.
EpubPackage read_epub_package(std::string_view opf, std::string_view path);

/// The path of the package document that META-INF/container.xml names; nullopt for none.
std::optional<std::string> package_path(std::string_view container);

/// The members that META-INF/encryption.xml says are encrypted.
std::set<std::string, std::less<>> encrypted_paths(std::string_view encryption);

/// A line of a table of contents.
struct ContentsLine {
  std::string label;
  std::string section;      ///< the label of the line that it stands under
  bool is_section = false;  ///< other lines stand under it
};

struct EpubContents {
  std::map<std::string, ContentsLine, std::less<>> lines;  ///< by the path of their document
  bool is_periodical = false;  ///< it calls its lines articles and sections
};

/// Reads a table of contents: an NCX of EPUB 2 or a navigation document of EPUB 3, at `path`.
EpubContents read_epub_contents(std::string_view xml, std::string_view path);

/// The member that a link in the member `from` leads to, percent-decoded and without its fragment;
/// nullopt for one that leads out of the EPUB.
std::optional<std::string> linked_path(std::string_view from, std::string_view link);

}  // namespace lede
