#include "faults/faults.h"

namespace ipcmark {

void make_by_deputy(answer& a, const call&, arguments) { a.refuse("by-deputy: this system has no fork"); }

}  // namespace ipcmark
