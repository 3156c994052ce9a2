#include "corpus/readers/mail/mail.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "corpus/readers/html/html_text.hpp"
#include "corpus/readers/mail/mime.hpp"
#include "corpus/readers/records/record_fields.hpp"
#include "corpus/readers/text/charset.hpp"
#include "corpus/readers/text/paragraphs.hpp"
#include "corpus/unicode.hpp"

namespace lede {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr unsigned kDeepest = 20;  // parts in parts

// ---- text

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

/// The lines without the signature, which a line `-- ` begins. What goes on for long is none.
std::vector<std::string_view> without_signature(std::vector<std::string_view> lines) {
  constexpr std::ptrdiff_t kLongestSignature = 20;
  const auto found = std::find(lines.rbegin(), lines.rend(), "-- ");
  const bool is_signature = found != lines.rend() && found - lines.rbegin() <= kLongestSignature;
  if (is_signature) lines.erase(found.base() - 1, lines.end());
  return lines;
}

std::size_t quote_depth(std::string_view line) {
  return std::min(line.find_first_not_of('>'), line.size());
}

/// The text of format=flowed (RFC 3676): a line that ends with a space goes on in the next one, if
/// that is quoted as deep. With `drops_space` that space is not part of the text.
std::string unflow(const std::vector<std::string_view>& lines, bool drops_space) {
  std::string text;
  std::optional<std::size_t> open_depth;  // of a paragraph that goes on
  for (const std::string_view line : lines) {
    const std::size_t depth = quote_depth(line);
    std::string_view content = line.substr(depth);
    if (content.starts_with(' ')) content.remove_prefix(1);  // what hides a `>` or a `From `
    if (open_depth != depth) {
      if (open_depth) text += '\n';
      text.append(depth, '>').append(depth > 0 ? " " : "");
    }
    const bool goes_on = content.ends_with(' ') && content != "-- ";
    text += goes_on && drops_space ? content.substr(0, content.size() - 1) : content;
    if (!goes_on) text += '\n';
    open_depth = goes_on ? std::optional(depth) : std::nullopt;
  }
  return text;
}

std::string plain_text(std::string_view text, const MimeType& type) {
  const auto lines = without_signature(lines_of(text));
  if (ascii_lower(type.parameter("format")) == "flowed") {
    return unflow(lines, ascii_lower(type.parameter("delsp")) == "yes");
  }
  std::string kept;
  for (const std::string_view line : lines) kept.append(line).append("\n");
  return join_paragraphs(split_lines(kept));
}

/// The encoding that a page of HTML names at its beginning.
std::string_view charset_in_html(std::string_view html) {
  constexpr std::string_view kKey = "charset=";
  const std::string_view head = html.substr(0, 1024);
  const auto at = head.find(kKey);
  if (at == npos) return {};
  std::string_view value = head.substr(at + kKey.size());
  if (value.starts_with('"') || value.starts_with('\'')) value.remove_prefix(1);
  return value.substr(0, value.find_first_of("\"' />;"));
}

// ---- parts

/// A text among a message's parts.
struct TextPart {
  std::size_t alternatives;  // which multipart/alternative it belongs to; 0 for none
  std::size_t choice;        // which of them it is, or is in
  std::string text;
};

/// A part yet to be looked at, and what is known of where it stands.
struct PendingPart {
  std::string_view bytes;
  unsigned depth;
  std::size_t alternatives;
  std::size_t choice;
  bool is_message;  // what a part is that does not say so
};

/// The texts of a message, in order, its parts unpacked one after another.
class TextParts {
 public:
  explicit TextParts(std::string_view message) {
    pending_.push_back({message, 0, 0, 0, false});
    while (!pending_.empty()) {
      const PendingPart part = pending_.back();
      pending_.pop_back();
      read(part, parse_mime(part.bytes));
    }
  }

  const std::vector<TextPart>& texts() const { return texts_; }
  bool is_too_deep() const { return is_too_deep_; }

 private:
  void read(const PendingPart& place, const MimePart& part) {
    MimeType type = parse_mime_type(part.field("content-type"));
    if (type.name.find('/') == npos) type.name = place.is_message ? "message/rfc822" : "text/plain";
    const auto disposition = parse_mime_type(part.field("content-disposition"));
    if (disposition.name == "attachment") return;
    if (type.name.starts_with("multipart/")) {
      read_multipart(place, part, type);
    } else if (type.name == "message/rfc822") {
      read_message(place, part);
    } else if (type.name == "text/plain" || type.name == "text/html") {
      add(place, text_of(part, type));
    }
  }

  void read_multipart(const PendingPart& place, const MimePart& part, const MimeType& type) {
    const std::string_view boundary = type.parameter("boundary");
    if (boundary.empty()) return add(place, text_of(part, {"text/plain", {}}));
    if (place.depth == kDeepest) {
      is_too_deep_ = true;
      return;
    }
    auto parts = split_multipart(part.body, boundary);
    const bool has_alternatives = type.name == "multipart/alternative";
    // Of alternatives within an alternative the last is the best, as RFC 2046 has it.
    if (has_alternatives && place.alternatives != 0 && !parts.empty()) parts = {parts.back()};
    const bool begins_alternatives = has_alternatives && place.alternatives == 0;
    if (begins_alternatives) ++alternatives_;
    for (std::size_t at = parts.size(); at-- > 0;) {
      pending_.push_back(
          {parts[at], place.depth + 1, begins_alternatives ? alternatives_ : place.alternatives,
           begins_alternatives ? at : place.choice, type.name == "multipart/digest"});
    }
  }

  /// A message in the message: its subject, then its text.
  void read_message(const PendingPart& place, const MimePart& part) {
    if (place.depth == kDeepest) {
      is_too_deep_ = true;
      return;
    }
    add(place, decode_mime_words(parse_mime(part.body).field("subject")));
    pending_.push_back({part.body, place.depth + 1, place.alternatives, place.choice, false});
  }

  static std::string text_of(const MimePart& part, const MimeType& type) {
    const std::string bytes = decode_mime_body(part.body, part.field("content-transfer-encoding"));
    const std::string_view charset = type.parameter("charset");
    if (type.name != "text/html") return plain_text(to_utf8(bytes, charset), type);
    return html_text(to_utf8(bytes, charset.empty() ? charset_in_html(bytes) : charset));
  }

  void add(const PendingPart& place, std::string text) {
    texts_.push_back({place.alternatives, place.choice, std::move(text)});
  }

  std::vector<PendingPart> pending_;
  std::vector<TextPart> texts_;
  std::size_t alternatives_ = 0;
  bool is_too_deep_ = false;
};

/// The choice among one set of alternatives: the last one, which the sender likes best, that has
/// half of the text of the longest. The others are stubs: `View this in a browser`.
std::size_t best_choice(const std::vector<TextPart>& alternatives) {
  std::vector<std::size_t> lengths;
  for (const TextPart& part : alternatives) {
    lengths.resize(std::max(lengths.size(), part.choice + 1));
    lengths[part.choice] += clean_line(part.text).size();
  }
  const std::size_t longest = *std::max_element(lengths.begin(), lengths.end());
  const auto best = std::find_if(lengths.rbegin(), lengths.rend(),
                                 [&](std::size_t length) { return 2 * length >= longest; });
  return static_cast<std::size_t>(lengths.rend() - best) - 1;
}

/// The texts that are to be read, of alternatives the best one, with empty lines between them.
std::string body_of(const std::vector<TextPart>& texts) {
  std::string body;
  for (auto begin = texts.begin(); begin != texts.end();) {
    const auto end = std::find_if(begin, texts.end(), [&](const TextPart& part) {
      return part.alternatives != begin->alternatives;
    });
    const bool has_choice = begin->alternatives != 0;
    const std::size_t best = has_choice ? best_choice({begin, end}) : 0;
    for (; begin != end; ++begin) {
      if (!has_choice || begin->choice == best) body.append(begin->text).append("\n\n");
    }
  }
  return body;
}

// ---- the header

std::string line_of(const MimePart& message, std::string_view name) {
  return clean_line(decode_mime_words(message.field(name)));
}

/// `a@b` of `<a@b>`; what has no brackets is itself.
std::string_view without_brackets(std::string_view value) {
  value = trimmed(value);
  const auto open = value.find('<');
  const auto close = value.find('>', open == npos ? 0 : open);
  if (open == npos || close == npos) return value;
  return trimmed(value.substr(open + 1, close - open - 1));
}

/// What a mailing list calls itself: `Morning Briefing <briefing.courier.example>`.
std::string list_name(const MimePart& message) {
  const std::string_view value = message.field("list-id");
  const auto lists = parse_mailboxes(value);
  if (lists.empty()) return {};
  return lists.front().name.empty() ? lists.front().address : lists.front().name;
}

void read_sender(const MimePart& message, Article& article) {
  const auto senders = parse_mailboxes(message.field("from"));
  for (const Mailbox& sender : senders) {
    if (!sender.name.empty()) article.authors.push_back(sender.name);
  }
  if (!article.authors.empty()) article.origin(Metadata::authors) = Origin::header;
  set_metadata(article, Metadata::source, list_name(message), Origin::header);
  set_metadata(article, Metadata::source, line_of(message, "organization"), Origin::header);
  set_metadata(article, Metadata::source, line_of(message, "organisation"), Origin::header);
  if (senders.empty()) return;
  const std::string_view address = senders.front().address;
  const auto at = address.rfind('@');
  if (at == npos) return;
  set_metadata(article, Metadata::source, ascii_lower(address.substr(at + 1)), Origin::header);
}

void read_header(const MimePart& message, Article& article) {
  set_metadata(article, Metadata::id, without_brackets(message.field("message-id")),
               Origin::header);
  set_metadata(article, Metadata::title, line_of(message, "subject"), Origin::header);
  set_metadata(article, Metadata::date, line_of(message, "date"), Origin::header);
  set_metadata(article, Metadata::language, line_of(message, "content-language"), Origin::header);
  set_metadata(article, Metadata::tags, line_of(message, "keywords"), Origin::header);
  set_metadata(article, Metadata::section, line_of(message, "newsgroups"), Origin::header);
  const std::string_view url = without_brackets(message.field("archived-at"));
  if (url.starts_with("http")) set_metadata(article, Metadata::url, url, Origin::header);
  read_sender(message, article);
}

Article article_of(std::string_view bytes) {
  Article article;
  article.format = "mail";
  read_header(parse_mime(bytes), article);
  const TextParts parts(bytes);
  article.body = body_of(parts.texts());
  if (parts.is_too_deep()) {
    article.warnings.push_back(
        fmt::format("its parts that are nested more than {} deep are left out", kDeepest));
  }
  return article;
}

/// A message without text, as one that is all attachment or encrypted, is no article.
ReadResult result_of(Article article, const ReadContext& context, std::uint64_t line) {
  if (!trimmed(article.body).empty()) return article;
  return Skipped{context.path, fmt::format("line {}", line), "the message has no text"};
}

// ---- mbox

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Is there a clock, as in `From ada@courier.example Fri Aug 29 06:00:00 2025`?
bool has_clock(std::string_view line) {
  for (auto at = line.find(':', 1); at != npos; at = line.find(':', at + 1)) {
    if (at + 2 < line.size() && is_digit(line[at - 1]) && is_digit(line[at + 1])) return true;
  }
  return false;
}

/// `From ` of a line that was `>From ` lest it begin a message.
std::string_view unescaped(std::string_view line) {
  const auto marks = line.find_first_not_of('>');
  const bool is_escaped = marks != npos && marks > 0 && line.substr(marks).starts_with("From ");
  return is_escaped ? line.substr(1) : line;
}

/// Collects the lines of one message after another.
class Mbox {
 public:
  Mbox(const ReadContext& context, const Emit& emit)
      : context_(context), emit_(emit), limit_bytes_(context.options.limits.record_bytes) {}

  /// False: no more is wanted.
  bool add(const Line& line) {
    const bool is_separator =
        line.text.starts_with("From ") && was_blank_ && (number_ == 0 || has_clock(line.text));
    was_blank_ = line.text.empty();
    if (is_separator) {
      if (!finish()) return false;
      ++number_;
      line_ = line.number;
      return true;
    }
    is_too_long_ =
        is_too_long_ || line.is_cut || message_.size() + line.text.size() >= limit_bytes_;
    if (!is_too_long_) message_.append(unescaped(line.text)).append("\n");
    return true;
  }

  /// Emits the message collected so far. False: no more is wanted.
  bool finish() {
    if (number_ == 0) return true;
    return emit_(take());
  }

 private:
  ReadResult take() {
    const std::string message = std::exchange(message_, {});
    if (std::exchange(is_too_long_, false)) {
      return Skipped{context_.path, fmt::format("line {}", line_),
                     fmt::format("the message is longer than {} bytes", limit_bytes_)};
    }
    Article article = article_of(message);
    article.member = fmt::format("#{}", number_);
    return result_of(std::move(article), context_, line_);
  }

  const ReadContext& context_;
  const Emit& emit_;
  std::size_t limit_bytes_;
  std::string message_;
  std::uint64_t number_ = 0;
  std::uint64_t line_ = 0;
  bool was_blank_ = true;
  bool is_too_long_ = false;
};

void read_mbox(Input& input, const ReadContext& context, const Emit& emit) {
  Mbox mbox(context, emit);
  while (const auto line = input.next_line(context.options.limits.record_bytes)) {
    if (!mbox.add(*line)) return;
  }
  mbox.finish();
}

void read_message(Input& input, const ReadContext& context, const Emit& emit) {
  const std::size_t limit_bytes = context.options.limits.record_bytes;
  const auto bytes = input.all(limit_bytes);
  if (bytes) {
    emit(result_of(article_of(*bytes), context, 1));
  } else {
    emit(Skipped{context.path, {}, fmt::format("it is longer than {} bytes", limit_bytes)});
  }
}

// ---- detection

/// The fields that, two of them together, stand in mail only.
constexpr auto kMailFields = std::to_array<std::string_view>(
    {"received", "return-path", "delivered-to", "message-id", "mime-version", "dkim-signature",
     "content-transfer-encoding", "list-id", "list-unsubscribe", "in-reply-to", "references",
     "reply-to", "newsgroups", "nntp-posting-host", "path", "x-mailer"});

bool is_mail_header(const std::vector<std::string>& names) {
  const auto has = [&](std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  const auto known = std::count_if(kMailFields.begin(), kMailFields.end(), has);
  return known >= 2 || (has("from") && has("subject") && (has("date") || known == 1));
}

/// The names of a header's fields; none when a line of it is no field.
std::vector<std::string> names_in_header(std::string_view head) {
  std::vector<std::string> names;
  while (!head.empty()) {
    const auto end = head.find('\n');
    if (end == npos) break;  // cut off
    std::string_view line = head.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    head.remove_prefix(end + 1);
    if (line.empty()) break;
    const bool continues = !names.empty() && (line.front() == ' ' || line.front() == '\t');
    if (continues) continue;
    if (!is_mime_field(line)) return {};
    names.push_back(ascii_lower(trimmed(line.substr(0, line.find(':')))));
  }
  return names;
}

std::string_view without_blank_lines_before(std::string_view text) {
  return text.substr(std::min(text.find_first_not_of("\r\n"), text.size()));
}

bool begins_mbox(std::string_view head) {
  return head.starts_with("From ");
}

}  // namespace

bool looks_like_mail(std::string_view head) {
  head = without_blank_lines_before(head);
  if (!begins_mbox(head)) return is_mail_header(names_in_header(head));
  const auto line_end = std::min(head.find('\n'), head.size() - 1);
  const std::string_view next = head.substr(line_end + 1);
  return has_clock(head.substr(0, line_end)) && is_mime_field(next.substr(0, next.find('\n')));
}

void read_mail(Input& input, const ReadContext& context, const Emit& emit) {
  for (;;) {
    const std::string_view head = input.peek(5);
    const std::size_t blank = head.size() - without_blank_lines_before(head).size();
    if (blank == 0) break;
    input.consume(blank);
  }
  if (begins_mbox(input.peek(5))) {
    read_mbox(input, context, emit);
  } else {
    read_message(input, context, emit);
  }
}

}  // namespace lede
