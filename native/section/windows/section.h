// How a variable is put into a section that all processes share which have loaded the same file: a pragma and
// a declaration for Microsoft's compiler, attributes for the GNU ones. The linker marks the section RWS.
#pragma once

#ifdef _MSC_VER
#pragma section(".shared", read, write, shared)
#define IN_SHARED_SECTION __declspec(allocate(".shared"))
#else
#define IN_SHARED_SECTION __attribute__((section(".shared"), shared))
#endif

#define EXPORTED __declspec(dllexport)
