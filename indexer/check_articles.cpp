#include "indexer/check_articles.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <xxhash.h>

#include "corpus/error.hpp"
#include "corpus/lexicon.hpp"
#include "corpus/settings.hpp"
#include "indexer/check_article.hpp"
#include "indexer/in_child.hpp"

namespace lede {
namespace {

constexpr std::size_t kKeptDamage = 1000;

/// Processes that may be lost; what is behind the last one is not read.
constexpr int kMostLosses = 20;

// What the child says of each docid, in their order; then of the index as a whole, docid 0. Both
// texts follow.
struct ReportHead {
  std::uint32_t docid = 0;
  std::uint32_t is_there = 0;  // of docid 0: all articles have been read
  std::uint32_t id_bytes = 0;
  std::uint32_t problem_bytes = 0;
};

/// The child's side.
class ArticlesReader {
 public:
  ArticlesReader(const IndexFolder& folder, int output)
      : path_(folder.path()),
        index_(folder.tables(), Xapian::DB_BACKEND_GLASS),
        output_(output),
        last_(index_.get_lastdocid()),
        balance_(std::min<std::size_t>(std::size_t{last_} + 1, kMostBalances)) {}

  /// A run from 1 on is of all articles, and looks at what is of the index as a whole, too.
  void read_from(Xapian::docid first) {
    tell({}, {}, {});
    read_codec();
    for (Xapian::docid docid = first; docid <= last_ && docid != 0; ++docid) read(docid);
    tell({0, 1, 0, 0}, {}, {});
    check_settings();
    check_lexicon();
    if (first > 1) return;
    if (count_ != index_.get_doccount())
      complain(
          fmt::format("it counts {} articles, and there are {}", index_.get_doccount(), count_));
    check_postings();
  }

 private:
  static constexpr std::size_t kMostBalances = std::size_t{1} << 23;  // 128 MiB

  void read(Xapian::docid docid) {
    ArticleCheck check = check_article(index_, docid, codec_);
    if (check.is_there && check.problem.empty()) check.problem = add_terms(docid);
    const bool is_whole = check.problem.empty();
    if (check.is_there) ++count_;
    if (!is_whole) balance(docid).is_known = true;
    tell({docid, check.is_there ? 1U : 0U, 0, 0}, is_whole ? "" : check.id, check.problem);
  }

  void read_codec() {
    try {
      codec_ = ArticleCodec(read_dictionary(index_));
    } catch (const Xapian::Error& error) {
      complain(fmt::format("the dictionary of its articles cannot be read: {}", error.get_msg()));
    }
  }

  void check_settings() {
    try {
      read_settings(index_, path_);
    } catch (const Error& error) {
      complain(error.what());
    }
  }

  void check_lexicon() {
    try {
      for (Lexicon words(index_); !words.at_end();) words.next();
    } catch (const Error& error) {
      complain(error.what());
    } catch (const Xapian::Error& error) {
      complain(fmt::format("its list of written words cannot be read: {}", error.get_msg()));
    }
  }

  /// What the articles' lists of terms hold, less what the terms' lists of articles hold: the sum
  /// of the hashes of (term, article, count), which is 0 where they agree.
  struct Balance {
    std::uint64_t sum = 0;
    bool is_known = false;  // as damaged
  };
  Balance& balance(Xapian::docid docid) { return balance_[docid % balance_.size()]; }

  static std::uint64_t hash_of(const std::string& term) {
    return XXH3_64bits(term.data(), term.size());
  }
  static std::uint64_t hash_of(std::uint64_t term, Xapian::docid docid, Xapian::termcount wdf) {
    const std::array<std::uint64_t, 3> posting{term, docid, wdf};
    return XXH3_64bits(posting.data(), sizeof posting);
  }

  /// Returns what is wrong, or nothing.
  std::string add_terms(Xapian::docid docid) {
    try {
      const Xapian::TermIterator end = index_.termlist_end(docid);
      for (Xapian::TermIterator term = index_.termlist_begin(docid); term != end; ++term)
        balance(docid).sum += hash_of(hash_of(*term), docid, term.get_wdf());
      return {};
    } catch (const Xapian::Error& error) {
      return error.get_msg();
    }
  }

  void check_postings() {
    std::uint64_t terms = 0;
    try {
      const Xapian::TermIterator end = index_.allterms_end();
      for (Xapian::TermIterator term = index_.allterms_begin(); term != end; ++term) {
        take_postings(*term);
        if (++terms % 1024 == 0) tell({}, {}, {});  // so that it is known to go on
      }
    } catch (const Xapian::Error& error) {
      return complain(fmt::format("its lists of words cannot be read: {}", error.get_msg()));
    }
    complain_of_imbalance();
  }

  void take_postings(const std::string& term) {
    const std::uint64_t hash = hash_of(term);
    const Xapian::PostingIterator end = index_.postlist_end(term);
    for (Xapian::PostingIterator posting = index_.postlist_begin(term); posting != end; ++posting)
      balance(*posting).sum -= hash_of(hash, *posting, posting.get_wdf());
  }

  void complain_of_imbalance() {
    const bool is_exact = last_ < balance_.size();
    for (std::size_t at = 0; at < balance_.size(); ++at) {
      if (balance_[at].sum == 0 || balance_[at].is_known) continue;
      const auto docid = static_cast<Xapian::docid>(is_exact ? at : 0);
      tell({docid, 0, 0, 0}, docid == 0 ? "" : check_article(index_, docid, codec_).id,
           "its words and the lists of words contradict each other");
    }
  }

  void complain(std::string_view problem) { tell({}, {}, problem); }

  void tell(ReportHead head, std::string_view id, std::string_view problem) {
    head.id_bytes = static_cast<std::uint32_t>(id.size());
    head.problem_bytes = static_cast<std::uint32_t>(problem.size());
    std::string bytes(sizeof head, '\0');
    std::memcpy(bytes.data(), &head, sizeof head);
    bytes.append(id).append(problem);
    write_to(output_, bytes);
  }

  std::string path_;
  Xapian::Database index_;
  ArticleCodec codec_{{}};
  int output_;
  Xapian::docid last_;
  Xapian::doccount count_ = 0;
  std::vector<Balance> balance_;
};

/// The parent's side: takes in what the children say, one after the other.
class ArticlesReport {
 public:
  void take(std::string_view bytes) {
    pending_ += bytes;
    std::size_t begin = 0;
    while (pending_.size() - begin >= sizeof(ReportHead)) {
      ReportHead head;
      std::memcpy(&head, pending_.data() + begin, sizeof head);
      const std::size_t size = sizeof head + head.id_bytes + head.problem_bytes;
      if (pending_.size() - begin < size) break;
      take(head, std::string_view(pending_).substr(begin + sizeof head));
      begin += size;
    }
    pending_.erase(0, begin);
  }

  void add(ArticleDamage damage) {
    ++check_.damaged_count;
    if (check_.damaged.size() < kKeptDamage) check_.damaged.push_back(std::move(damage));
  }

  /// The child is gone while it read this one.
  void lose_article(const std::string& why) {
    add({next_++, {}, why});
    ++check_.articles;
    pending_.clear();
  }

  bool has_begun() const { return has_begun_; }
  bool has_all_articles() const { return has_all_articles_; }
  Xapian::docid next() const { return next_; }
  ArticlesCheck result() && { return std::move(check_); }

 private:
  void take(const ReportHead& head, std::string_view texts) {
    has_begun_ = true;
    has_all_articles_ = has_all_articles_ || (head.docid == 0 && head.is_there != 0);
    if (head.docid >= next_) {
      next_ = head.docid + 1;
      check_.articles += head.is_there;
    }
    if (head.problem_bytes > 0)
      add({head.docid, std::string(texts.substr(0, head.id_bytes)),
           std::string(texts.substr(head.id_bytes, head.problem_bytes))});
  }

  ArticlesCheck check_;
  std::string pending_;
  Xapian::docid next_ = 1;
  bool has_begun_ = false;
  bool has_all_articles_ = false;
};

std::string problem_of(const ChildEnd& end) {
  if (end.kind == ChildEnd::Kind::signalled)
    return fmt::format("reading it crashes libxapian (signal {})", end.signal);
  return end.kind == ChildEnd::Kind::too_slow ? "reading it does not come to an end"
                                              : "it cannot be read";
}

/// Notes that a child was lost. False: there is no sense in another one.
bool note_loss(ArticlesReport& report, const ChildEnd& end) {
  if (report.has_begun() && !report.has_all_articles()) {
    report.lose_article(problem_of(end));
    return true;
  }
  const char* part = report.has_begun() ? "its lists of words" : "the index as a whole";
  report.add({0, {}, fmt::format("{}: {}", part, problem_of(end))});
  return false;
}

/// Ten times what a slow disk needs, and two minutes.
std::chrono::seconds time_for(const IndexFolder& folder) {
  constexpr std::uint64_t kBytesPerSecond = 500'000;
  return std::chrono::seconds(120 + size_of_index(folder.tables()) / kBytesPerSecond);
}

}  // namespace

ArticlesCheck check_articles(const IndexFolder& folder) {
  using Clock = std::chrono::steady_clock;
  constexpr std::chrono::seconds kSilent{30};
  const Clock::time_point end_of_time = Clock::now() + time_for(folder);
  ArticlesReport report;
  for (int losses = 0; losses < kMostLosses && Clock::now() < end_of_time; ++losses) {
    const auto left = std::chrono::ceil<std::chrono::seconds>(end_of_time - Clock::now());
    const ChildEnd end =
        run_in_child([&](int output) { ArticlesReader(folder, output).read_from(report.next()); },
                     [&](std::string_view bytes) { report.take(bytes); }, {kSilent, left});
    if (end.kind == ChildEnd::Kind::done || !note_loss(report, end))
      return std::move(report).result();
  }
  report.add({0, {}, fmt::format("what is behind document {} was not read", report.next() - 1)});
  return std::move(report).result();
}

}  // namespace lede
