#include "indexer/service_notice.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace lede {

/// The whole protocol is one datagram; libsystemd would be a library to load for it.
void notify_service(std::string_view state) {
  const char* named = std::getenv("NOTIFY_SOCKET");
  const std::string_view socket_name = named == nullptr ? "" : named;
  sockaddr_un address{};
  if (socket_name.empty() || socket_name.size() >= sizeof address.sun_path) return;
  address.sun_family = AF_UNIX;
  std::ranges::copy(socket_name, address.sun_path);
  if (address.sun_path[0] == '@') address.sun_path[0] = '\0';  // an abstract one, without a file
  const int socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (socket < 0) return;
  const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + socket_name.size());
  ::sendto(socket, state.data(), state.size(), MSG_NOSIGNAL | MSG_DONTWAIT,
           reinterpret_cast<const sockaddr*>(&address), length);
  ::close(socket);
}

}  // namespace lede
