// Values as XDR (RFC 4506) carries them, in a list: `[[int 21] [string 'abc']]`. A type by itself, `[int]`,
// is what is to be decoded.
#pragma once

#include <string>
#include <vector>

#include "calls/linux/rpc/library.h"
#include "core/call.h"

namespace ipcmark {

struct xdr_value {
  std::string type;    // int unsigned hyper bool string opaque fixed-opaque
  int64_t number = 0;  // of the first four
  std::string bytes;   // of the others; the length of fixed-opaque is known beforehand
  node as_node() const;
};
using xdr_values = std::vector<xdr_value>;

// Encodes, decodes or frees, as the stream says.
bool_t xdr_transfer(XDR* stream, xdr_values* values);

// A function of ours where the library wants one of its own: it calls all of them without a prototype.
template <class T>
xdrproc_t as_xdrproc(bool_t (*f)(XDR*, T*)) {
  return reinterpret_cast<xdrproc_t>(reinterpret_cast<void (*)()>(f));
}

template <>
struct from_value<xdr_value> {
  static bool convert(const value& v, xdr_value& to, std::string& why);
};

}  // namespace ipcmark
