# Prints the working directory. Linux on x86-64.
        .globl  _start
        .text
_start: lea     buffer(%rip), %rdi
        mov     $4096, %esi
        mov     $79, %eax               # getcwd: gives the length with the final NUL
        syscall
        test    %rax, %rax
        js      fail
        mov     %rax, %rdx
        lea     buffer(%rip), %rsi
        movb    $'\n', -1(%rsi,%rdx)
        mov     $1, %edi
        mov     $1, %eax                # write
        syscall
        xor     %edi, %edi
        jmp     exit
fail:   mov     $1, %edi
exit:   mov     $60, %eax
        syscall

        .bss
buffer: .skip   4096
