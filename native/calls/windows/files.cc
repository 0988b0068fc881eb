// Handles, files, and reading and writing on whatever has a handle.
#include "calls/windows/overlapped.h"
#include "calls/windows/privileges.h"

namespace ipcmark {

namespace {

void create_file(answer& a, std::wstring path, DWORD access, DWORD share, DWORD disposition, DWORD flags,
                 const std::optional<security>& s) {
  SECURITY_ATTRIBUTES attributes = attributes_of(s);
  a.timed([&] { return CreateFileW(path.c_str(), access, share, &attributes, disposition, flags, nullptr); });
}

void read_file(answer& a, HANDLE file, length n, maybe_overlapped overlapped) {
  carry_out(a, {file, operation::gives::bytes, std::string(n, '\0')}, overlapped,
            [](operation& o, OVERLAPPED* how) {
              return ReadFile(o.file, o.buffer.data(), static_cast<DWORD>(o.buffer.size()), &o.transferred,
                              how);
            });
}

void write_file(answer& a, HANDLE file, buffer& from, maybe_overlapped overlapped) {
  carry_out(a, {file, operation::gives::count, std::move(from.bytes)}, overlapped,
            [](operation& o, OVERLAPPED* how) {
              return WriteFile(o.file, o.buffer.data(), static_cast<DWORD>(o.buffer.size()), &o.transferred,
                               how);
            });
}

void set_file_pointer(answer& a, HANDLE file, int64_t distance, DWORD from) {
  LARGE_INTEGER to{}, now{};
  to.QuadPart = distance;
  a.timed([&] { return SetFilePointerEx(file, to, &now, from); });
  if (a.ok()) a.out.add("position", now.QuadPart);
}

void get_file_size(answer& a, HANDLE file) {
  LARGE_INTEGER size{};
  a.timed([&] { return GetFileSizeEx(file, &size); });
  if (a.ok()) a.out.add("size", size.QuadPart);
}

// Answers FILE_TYPE_UNKNOWN both for what it does not know and for what went wrong; the error tells them
// apart.
void get_file_type(answer& a, HANDLE file) {
  const DWORD type = a.timed([&] { return GetFileType(file); });
  if (type == FILE_TYPE_UNKNOWN) a.code = last_error();
  if (a.ok()) a.out.add("type", value_name("FILE_TYPE_", type));
}

void get_file_attributes(answer& a, std::wstring path) {
  const DWORD attributes = a.timed([&] { return GetFileAttributesW(path.c_str()); });
  if (attributes == INVALID_FILE_ATTRIBUTES) a.code = last_error();
  if (a.ok()) a.out.add("attributes", flag_names("FILE_ATTRIBUTE_", attributes));
}

void delete_file(answer& a, std::wstring path) {
  a.timed([&] { return DeleteFileW(path.c_str()); });
}
void copy_file(answer& a, std::wstring from, std::wstring to, BOOL only_new) {
  a.timed([&] { return CopyFileW(from.c_str(), to.c_str(), only_new); });
}
void create_directory(answer& a, std::wstring path, const std::optional<security>& s) {
  SECURITY_ATTRIBUTES attributes = attributes_of(s);
  a.timed([&] { return CreateDirectoryW(path.c_str(), &attributes); });
}
void remove_directory(answer& a, std::wstring path) {
  a.timed([&] { return RemoveDirectoryW(path.c_str()); });
}

void get_information(answer& a, HANDLE handle) {
  DWORD flags = 0;
  a.timed([&] { return GetHandleInformation(handle, &flags); });
  if (a.ok()) a.out.add("flags", flag_names("HANDLE_FLAG_", flags));
}

void duplicate(answer& a, HANDLE from, HANDLE handle, HANDLE to, DWORD access, BOOL inherit, DWORD options) {
  HANDLE made = nullptr;
  a.timed([&] { return DuplicateHandle(from, handle, to, &made, access, inherit, options); });
  if (a.ok()) a.out.add("handle", as_integer(made));
}

void get_standard_handle(answer& a, DWORD which) {
  a.timed([&] { return GetStdHandle(which); });
}

BOOL close_handle(HANDLE handle) { return CloseHandle(handle); }
BOOL set_information(HANDLE handle, DWORD mask, DWORD flags) {
  return SetHandleInformation(handle, mask, flags);
}
BOOL set_standard_handle(DWORD which, HANDLE handle) { return SetStdHandle(which, handle); }
BOOL flush_file_buffers(HANDLE file) { return FlushFileBuffers(file); }
BOOL set_end_of_file(HANDLE file) { return SetEndOfFile(file); }

constexpr call calls[] = {
    plain<close_handle>("CloseHandle", "handle"),
    plain<set_information>("SetHandleInformation", "handle mask flags"),
    shaped<get_information>("GetHandleInformation", "handle"),
    shaped<duplicate>("DuplicateHandle", "from-process handle to-process access inherit options"),
    shaped<get_standard_handle>("GetStdHandle", "which"),
    plain<set_standard_handle>("SetStdHandle", "which handle"),
    shaped<create_file>("CreateFile", "name access share disposition flags [security]"),
    shaped<read_file>("ReadFile", "handle length [overlapped]"),
    shaped<write_file>("WriteFile", "handle bytes [overlapped]"),
    plain<flush_file_buffers>("FlushFileBuffers", "handle"),
    shaped<set_file_pointer>("SetFilePointerEx", "handle distance from"),
    shaped<get_file_size>("GetFileSizeEx", "handle"),
    plain<set_end_of_file>("SetEndOfFile", "handle"),
    shaped<get_file_type>("GetFileType", "handle"),
    shaped<get_file_attributes>("GetFileAttributes", "path"),
    shaped<delete_file>("DeleteFile", "path"),
    shaped<copy_file>("CopyFile", "path new-path fail-if-exists"),
    shaped<create_directory>("CreateDirectory", "path [security]"),
    shaped<remove_directory>("RemoveDirectory", "path"),
};

}  // namespace

call_group file_calls() { return calls; }

}  // namespace ipcmark
