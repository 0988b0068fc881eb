// Bytes that both sides can generate and verify.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ipcmark {

std::string pattern_bytes(size_t length, uint32_t seed);
uint32_t crc32(const void* data, size_t length, uint32_t so_far = 0);
std::string to_hex(std::string_view bytes);
bool from_hex(std::string_view hex, std::string& bytes);

}  // namespace ipcmark
