#include "indexer/service_notice.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdlib>
#include <string>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "tests/unit/temporary_folder.hpp"

namespace lede {
namespace {

/// A service manager that listens at `name`, whose first character may be NUL.
class Manager {
 public:
  explicit Manager(const std::string& name) : socket_(::socket(AF_UNIX, SOCK_DGRAM, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::ranges::copy(name, address.sun_path);
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
    is_listening = ::bind(socket_, reinterpret_cast<const sockaddr*>(&address), length) == 0;
  }
  ~Manager() { ::close(socket_); }

  std::string next() const {
    std::array<char, 4096> buffer;
    const ssize_t length = ::recv(socket_, buffer.data(), buffer.size(), MSG_DONTWAIT);
    return {buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(length, 0))};
  }

  bool is_listening = false;

 private:
  int socket_;
};

TEST(NotifyService, SendsToASocketInTheFileSystem) {
  const TemporaryFolder folder;
  const Manager manager(folder.path("socket"));
  ASSERT_TRUE(manager.is_listening);
  ::setenv("NOTIFY_SOCKET", folder.path("socket").c_str(), 1);
  notify_service("READY=1\nSTATUS=well");
  EXPECT_EQ(manager.next(), "READY=1\nSTATUS=well");
}

TEST(NotifyService, SendsToAnAbstractSocket) {
  const std::string name = "lede-test-" + std::to_string(::getpid());
  const Manager manager('\0' + name);
  ASSERT_TRUE(manager.is_listening);
  ::setenv("NOTIFY_SOCKET", ('@' + name).c_str(), 1);
  notify_service("STOPPING=1");
  EXPECT_EQ(manager.next(), "STOPPING=1");
}

TEST(NotifyService, IsSilentWhereNobodyListens) {
  ::unsetenv("NOTIFY_SOCKET");
  notify_service("READY=1");
  ::setenv("NOTIFY_SOCKET", "/nowhere/at/all", 1);
  notify_service("READY=1");
  ::setenv("NOTIFY_SOCKET", std::string(500, 'x').c_str(), 1);
  notify_service("READY=1");
}

}  // namespace
}  // namespace lede
