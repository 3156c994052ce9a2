#include "indexer/update_plan.hpp"

#include <array>
#include <cerrno>
#include <map>
#include <memory>
#include <string_view>
#include <sys/stat.h>
#include <tuple>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>
#include <xxhash.h>

#include "corpus/readers/input.hpp"
#include "corpus/version.hpp"

namespace lede {
namespace {

/// Looks for files that are gone.
class Vanished {
 public:
  Vanished(const FileRegistry& registry, const FoundFiles& found, const PlanRules& rules)
      : registry_(registry), rules_(rules) {
    for (const FoundFile& file : found.files) found_.insert(file.path);
    for (const FoundRoot& root : found.roots) look_under(root);
  }

  /// The path that the file had before it was moved, if it was.
  std::optional<std::string> take_moved(const FileStamp& stamp) {
    const auto known = by_stamp_.find(key_of(stamp));
    if (known == by_stamp_.end()) return std::nullopt;
    std::string path = std::move(known->second);
    by_stamp_.erase(known);
    gone_.erase(path);
    return path;
  }

  std::vector<std::string> paths() const {
    if (rules_.pruning == Pruning::never) return {};
    std::vector<std::string> paths;
    for (const auto& [path, is_to_be_removed] : gone_)
      if (is_to_be_removed) paths.push_back(path);
    return paths;
  }

  std::vector<KeptFiles> take_kept() { return std::move(kept_); }

 private:
  using Key = std::tuple<std::uint64_t, std::uint64_t, std::int64_t>;
  static Key key_of(const FileStamp& stamp) { return {stamp.inode, stamp.bytes, stamp.mtime_ns}; }

  void look_under(const FoundRoot& root) {
    KeptFiles kept{root.path, 0, root.has_files};
    const bool is_forced = rules_.pruning == Pruning::always;
    registry_.for_each_under(root.path, [&](const std::string& path, const FileRecord& file) {
      if (found_.contains(path) || gone_.contains(path)) return;
      const Presence presence = rules_.presence(path);
      if (presence == Presence::there) return;  // but hidden, or behind a link: named elsewhere
      const bool is_certain = presence == Presence::gone && root.has_files;
      if (!is_certain && !is_forced) ++kept.files;
      if (presence == Presence::gone) by_stamp_.emplace(key_of(file.stamp), path);
      gone_.emplace(path, is_certain || is_forced);
    });
    if (kept.files > 0 && rules_.pruning != Pruning::never) kept_.push_back(std::move(kept));
  }

  const FileRegistry& registry_;
  const PlanRules& rules_;
  std::unordered_set<std::string_view> found_;
  std::map<std::string, bool> gone_;  // and whether their articles go
  std::multimap<Key, std::string> by_stamp_;
  std::vector<KeptFiles> kept_;
};

/// How many files under the roots the index knows; those under two of them twice, so never too few.
std::uint64_t count_known(const FileRegistry& registry, const FoundFiles& found) {
  std::uint64_t count = 0;
  for (const FoundRoot& root : found.roots)
    registry.for_each_under(root.path, [&](const std::string&, const FileRecord&) { ++count; });
  return count;
}

class Planner {
 public:
  Planner(const FileRegistry& registry, const PlanRules& rules)
      : registry_(registry), rules_(rules) {}

  UpdatePlan plan(const FoundFiles& found) {
    for (const FoundFile& file : found.files) add(file);
    const std::uint64_t found_again = known_ + plan_.unchanged.size() + plan_.restamped.size();
    if (count_known(registry_, found) != found_again) look_for_vanished(found);
    return std::move(plan_);
  }

 private:
  void add(const FoundFile& file) {
    const auto known = registry_.files().find(file.path);
    Checksum checksum;
    if (rules_.checksum && file.path != "-")
      checksum = rules_.checksum(file.path).value_or(Checksum());
    if (known == registry_.files().end()) return to_read(file, checksum);
    const FileRecord& record = known->second;
    const bool is_read = !record.needs_reading && record.reading == rules_.reading;
    const bool is_of_same_stamp = record.stamp == file.stamp;
    const bool has_same_contents = checksum.is_known() && record.checksum == checksum;
    if (!is_read || !(rules_.checksum ? has_same_contents : is_of_same_stamp)) {
      ++known_;
      to_read(file, checksum);
    } else if (is_of_same_stamp) {
      plan_.unchanged.push_back(known->first);
    } else {
      plan_.restamped.push_back(file);
    }
  }

  void to_read(const FoundFile& file, const Checksum& checksum) {
    plan_.to_read.push_back({file, {}, checksum});
  }

  void look_for_vanished(const FoundFiles& found) {
    Vanished vanished(registry_, found, rules_);
    for (FileToRead& each : plan_.to_read)
      if (registry_.find(each.file.path) == nullptr)
        each.moved_from = vanished.take_moved(each.file.stamp).value_or("");
    plan_.vanished = vanished.paths();
    plan_.kept = vanished.take_kept();
  }

  const FileRegistry& registry_;
  const PlanRules& rules_;
  UpdatePlan plan_;
  std::uint64_t known_ = 0;  // of those to read
};

}  // namespace

Presence presence_of(const std::string& path) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) == 0)
    return S_ISREG(status.st_mode) || S_ISLNK(status.st_mode) ? Presence::there : Presence::gone;
  return errno == ENOENT || errno == ENOTDIR ? Presence::gone : Presence::unknown;
}

std::uint64_t reading_hash(const ReadOptions& options) {
  std::string rules = fmt::format("{}\n{}\n{}\n", version(), options.format, options.reads_drafts);
  const auto out = std::back_inserter(rules);
  for (const FieldMapping& mapping : options.mappings)
    fmt::format_to(out, "map {} {}\n", name_of(mapping.field), mapping.key);
  for (const Filter& filter : options.filters)
    fmt::format_to(out, "filter {} {}\n", filter.extension, filter.command);
  const ReadLimits& limits = options.limits;
  fmt::format_to(out, "{} {} {} {} {} {} {} {}", limits.record_bytes, limits.nesting,
                 limits.member_bytes, limits.members, limits.total_bytes, limits.growth,
                 limits.filter_seconds, limits.filter_memory_bytes);
  return XXH3_64bits(rules.data(), rules.size());
}

std::optional<Checksum> checksum_of(const std::string& path,
                                    const std::function<bool()>& is_stopped) {
  const std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> state(XXH3_createState(),
                                                                       XXH3_freeState);
  XXH3_128bits_reset(state.get());
  std::array<char, std::size_t{64} << 10> buffer;
  try {
    const std::unique_ptr<ByteSource> file = open_file(path);
    while (const std::size_t count = file->read(buffer.data(), buffer.size())) {
      if (is_stopped()) return std::nullopt;
      XXH3_128bits_update(state.get(), buffer.data(), count);
    }
  } catch (const InputError&) {
    return std::nullopt;  // reading its articles will say why
  }
  const XXH128_hash_t hash = XXH3_128bits_digest(state.get());
  return Checksum{hash.high64, hash.low64};
}

UpdatePlan plan_update(const FileRegistry& registry, const FoundFiles& found,
                       const PlanRules& rules) {
  return Planner(registry, rules).plan(found);
}

}  // namespace lede
