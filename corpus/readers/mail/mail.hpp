#pragma once

#include <string_view>

#include "corpus/readers/reader.hpp"

namespace lede {

/// Do a file's first bytes say that it is a mail message or an mbox of them?
bool looks_like_mail(std::string_view head);

/// Reads mail, one article for each message: a file that begins with a line `From ` is an mbox, any
/// other one message. The text is the last alternative, mostly the HTML one, unless it has less
/// than half of the text of another; attachments and signatures are left out. The source is the
/// mailing list, else the sender's organisation, else the domain of the sender's address.
void read_mail(Input& input, const ReadContext& context, const Emit& emit);

}  // namespace lede
