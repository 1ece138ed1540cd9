# Prints the text whose number, from 1, is the argument; fails when there is none. Linux on x86-64.
        .globl  _start
        .text
_start: cmpq    $2, (%rsp)
        jb      fail
        mov     16(%rsp), %rsi          # the argument
        xor     %ebx, %ebx
digit:  movzbl  (%rsi), %eax
        test    %eax, %eax
        jz      number
        sub     $'0', %eax
        cmp     $9, %eax
        ja      fail
        imul    $10, %ebx
        add     %eax, %ebx
        inc     %rsi
        jmp     digit
number: dec     %ebx
        cmp     $11, %ebx
        jae     fail
        lea     offsets(%rip), %rcx
        mov     (%rcx,%rbx,4), %esi
        mov     4(%rcx,%rbx,4), %edx
        sub     %esi, %edx              # the length
        lea     texts(%rip), %rcx
        add     %rcx, %rsi
        mov     $1, %edi
        mov     $1, %eax                # write
        syscall
        xor     %edi, %edi
        jmp     exit
fail:   mov     $1, %edi
exit:   mov     $60, %eax
        syscall

        .section .rodata
        .balign 4
offsets:
        .long   t1-texts, t2-texts, t3-texts, t4-texts, t5-texts, t6-texts
        .long   t7-texts, t8-texts, t9-texts, t10-texts, t11-texts, end-texts
texts:
t1:     .ascii  "Result1"
t2:     .ascii  "Result2\n"
t3:     .ascii  "\nResult3"
t4:     .ascii  "\nResult4\n"
t5:     .ascii  "\nResult5\n\n"
t6:     .ascii  "\n\nResult6\n\n"
t7:
t8:     .ascii  "\n"
t9:     .ascii  "\n\n"
t10:    .ascii  "Result10-1\nResult10-2\n"
t11:    .ascii  "Result11-1\nResult11-2"
end:
