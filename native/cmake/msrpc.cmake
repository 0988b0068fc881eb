# The stubs of Microsoft RPC, made of calls/windows/rpc/program.idl by `idl_compiler`, and what is built with them:
# answers `rpc_sources`. Client and server are in one program, and so their procedures have a prefix each.
set(idl "${CMAKE_CURRENT_SOURCE_DIR}/calls/windows/rpc/program.idl")
set(stubs "${CMAKE_BINARY_DIR}/msrpc")
file(MAKE_DIRECTORY "${stubs}")
set(made "${stubs}/program.h" "${stubs}/program_c.c" "${stubs}/program_s.c")

if(MSVC)
  add_custom_command(OUTPUT ${made} DEPENDS "${idl}" VERBATIM
    COMMAND "${idl_compiler}" /nologo /env x64 /prefix client c_ server s_ /out "${stubs}" /h program.h
      /cstub program_c.c /sstub program_s.c "${idl}")
  set(catching calls/windows/rpc/try_call.c)
  set(as_made /W0 /WX-)
else()
  # Each kind by a run of its own: widl takes the last -o for all.
  set(widl "${idl_compiler}" -Oicf --prefix-client=c_ --prefix-server=s_)
  add_custom_command(OUTPUT ${made} DEPENDS "${idl}" VERBATIM WORKING_DIRECTORY "${stubs}"
    COMMAND ${widl} -h -H program.h "${idl}"
    COMMAND ${widl} -c -C program_c.c "${idl}"
    COMMAND ${widl} -s -S program_s.c "${idl}")
  enable_language(ASM)
  set(catching calls/windows/rpc/try_call.S)
  set(as_made -w)
endif()

file(GLOB rpc_sources CONFIGURE_DEPENDS calls/windows/rpc/*.cc)
list(FILTER rpc_sources EXCLUDE REGEX "/absent\\.cc$")
list(APPEND rpc_sources ${catching} "${stubs}/program_c.c" "${stubs}/program_s.c")
set_source_files_properties(${rpc_sources} PROPERTIES INCLUDE_DIRECTORIES "${stubs}" OBJECT_DEPENDS "${stubs}/program.h")
set_source_files_properties("${stubs}/program_c.c" "${stubs}/program_s.c" PROPERTIES COMPILE_OPTIONS "${as_made}")
