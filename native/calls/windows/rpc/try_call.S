# What try_call.c says, as the tables that __C_specific_handler reads.

        .text
        .globl  try_call
        .seh_proc try_call
try_call:
        subq    $40, %rsp                # room for what is called, and a word for the status
        .seh_stackalloc 40
        .seh_endprologue
        movl    $0, 32(%rsp)
        movq    %rcx, %rax
        movq    %rdx, %rcx
.Lbegin:
        call    *%rax
        nop
.Lend:
        movl    32(%rsp), %eax
        addq    $40, %rsp
        ret
        .seh_handler __C_specific_handler, @except
        .seh_handlerdata
        .long   1
        .rva    .Lbegin, .Lend, is_status, .Lend
        .text
        .seh_endproc

# long is_status(EXCEPTION_POINTERS*, char* frame): a status has not the sign that codes of exceptions have.
is_status:
        movq    (%rcx), %rax
        movl    (%rax), %ecx
        xorl    %eax, %eax
        testl   %ecx, %ecx
        js      .Lpass_on
        movl    %ecx, 32(%rdx)
        incl    %eax
.Lpass_on:
        ret
