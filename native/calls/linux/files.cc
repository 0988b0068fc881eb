// Descriptors and files.
#include <fcntl.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "calls/linux/table.h"

namespace ipcmark {

namespace {

void open_file(answer& a, std::string path, int flags, std::optional<mode_t> mode) {
  a.timed([&] { return ::open(path.c_str(), flags, mode.value_or(0)); });
}

void read_bytes(answer& a, int descriptor, length n) {
  std::string into(n, '\0');
  const auto got = a.timed([&] { return ::read(descriptor, into.data(), into.size()); });
  if (got >= 0) a.keep_bytes(into.data(), static_cast<size_t>(got));
}

void pread_bytes(answer& a, int descriptor, length n, off_t offset) {
  std::string into(n, '\0');
  const auto got = a.timed([&] { return ::pread(descriptor, into.data(), into.size(), offset); });
  if (got >= 0) a.keep_bytes(into.data(), static_cast<size_t>(got));
}

void write_bytes(answer& a, int descriptor, buffer from) {
  a.timed([&] { return ::write(descriptor, from.data(), from.size()); });
}

void pwrite_bytes(answer& a, int descriptor, buffer from, off_t offset) {
  a.timed([&] { return ::pwrite(descriptor, from.data(), from.size(), offset); });
}

void control(answer& a, int descriptor, int command, std::optional<long> argument) {
  const auto ret = a.timed([&] { return ::fcntl(descriptor, command, argument.value_or(0)); });
  if (!a.ok()) return;
  if (command == F_GETFL) a.out.add("flags", flag_names("O_", static_cast<unsigned>(ret)));
  if (command == F_GETFD) a.out.add("flags", flag_names("FD_", static_cast<unsigned>(ret)));
  if (command == F_GET_SEALS) a.out.add("seals", flag_names("F_SEAL_", static_cast<unsigned>(ret)));
}

void give_stat(answer& a, const struct stat& s) {
  a.out.add("type", value_name("S_IF", s.st_mode & S_IFMT));
  a.out.add("mode", s.st_mode & 07777u);
  a.out.add("size", s.st_size);
  a.out.add("uid", s.st_uid);
  a.out.add("links", s.st_nlink);
}
void stat_path(answer& a, std::string path) {
  struct stat s;
  a.timed([&] { return ::stat(path.c_str(), &s); });
  if (a.ok()) give_stat(a, s);
}
void stat_descriptor(answer& a, int descriptor) {
  struct stat s;
  a.timed([&] { return ::fstat(descriptor, &s); });
  if (a.ok()) give_stat(a, s);
}

// How many bytes wait to be read.
void bytes_waiting(answer& a, int descriptor) {
  int waiting = 0;
  a.timed([&] { return ::ioctl(descriptor, FIONREAD, &waiting); });
  if (a.ok()) a.out.add("bytes", waiting);
}

constexpr call calls[] = {
    shaped<open_file>("open", "path flags [mode]"),
    plain<::close>("close", "descriptor"),
    shaped<read_bytes>("read", "descriptor length"),
    shaped<write_bytes>("write", "descriptor bytes"),
    shaped<pread_bytes>("pread", "descriptor length offset"),
    shaped<pwrite_bytes>("pwrite", "descriptor bytes offset"),
    plain<::lseek>("lseek", "descriptor offset whence"),
    plain<::dup>("dup", "descriptor"),
    plain<::dup2>("dup2", "descriptor new-descriptor"),
    shaped<control>("fcntl", "descriptor command [argument]"),
    plain<::fpathconf>("fpathconf", "descriptor name"),
    plain<::ftruncate>("ftruncate", "descriptor length"),
    plain<::unlink>("unlink", "path"),
    plain<::link>("link", "path new-path"),
    plain<::rename>("rename", "path new-path"),
    plain<::chmod>("chmod", "path mode"),
    plain<::fchmod>("fchmod", "descriptor mode"),
    plain<::access>("access", "path mode"),
    plain<::umask>("umask", "mode"),
    shaped<stat_path>("stat", "path"),
    shaped<stat_descriptor>("fstat", "descriptor"),
    shaped<bytes_waiting>("ioctl-FIONREAD", "descriptor"),
};

}  // namespace

call_group file_calls() { return calls; }

}  // namespace ipcmark
