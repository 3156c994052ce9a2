#pragma once

#include <string_view>

namespace lede {

/// Tells the service manager that started this process, as Type=notify has it, how it is:
/// `READY=1`, `STOPPING=1`, `STATUS=one line`, several parted by line ends. Without one, or where
/// it does not listen, nothing happens.
void notify_service(std::string_view state);

}  // namespace lede
