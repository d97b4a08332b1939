# Starts an uncompressed Linux kernel as a multiboot image, without a BIOS, real-mode code or unpacking in the machine.
# Knows the multiboot state it is entered with (EAX = magic, EBX = multiboot information) and the state that the kernel's
# 32-bit entry asks for (Documentation/arch/x86/boot.rst, "32-bit Boot Protocol"); knows nothing of what the kernel does then.

        .set MB_FLAGS,       0x3                # page-aligned modules, and a memory map
        .set CODE,           0x10               # __BOOT_CS
        .set DATA,           0x18               # __BOOT_DS
        .set PCI_ADDRESS,    0xcf8
        .set PCI_DATA,       0xcfc

        .section .shim, "ax"
        .code32
        .globl _start
        .align 4
        .long 0x1BADB002, MB_FLAGS, -(0x1BADB002 + MB_FLAGS)

gdt:    .quad 0, 0
        .quad 0x00cf9a000000ffff                # CODE: 4 GiB from 0
        .quad 0x00cf92000000ffff                # DATA: 4 GiB from 0
gdtr:   .word gdtr - gdt - 1
        .long gdt

_start: cli
        cld
        lgdt gdtr
        ljmp $CODE, $flat
flat:   movl $DATA, %eax
        movl %eax, %ds
        movl %eax, %es
        movl %eax, %ss
        xorl %eax, %eax
        movl %eax, %fs
        movl %eax, %gs
        movl $stack_top, %esp

# Write each PCI base address register back with the value it has. v86 then forgets the registers that its devices lack,
# as it does when a BIOS sizes them; without this, restore_state() fails on the IDE controller.
        movl $0x80000010, %ecx                  # device 0, function 0, register 0x10
bar:    movl $PCI_ADDRESS, %edx
        movl %ecx, %eax
        outl %eax, %dx
        movl $PCI_DATA, %edx
        inl %dx, %eax
        outl %eax, %dx
        addl $4, %ecx
        cmpb $0x28, %cl                         # six registers, then
        jne bar
        addl $(0x100 - 0x18), %ecx              # the next function's first
        cmpl $0x80010010, %ecx
        jne bar

# The "zero page": the few fields that the 32-bit entry reads.
        movl $zero_page, %edi
        movl $1024, %ecx
        xorl %eax, %eax
        rep stosl
        movl $zero_page, %ebp
        movw $0xAA55, 0x1fe(%ebp)               # boot_flag
        movl $0x53726448, 0x202(%ebp)           # header: "HdrS"
        movw $0x020f, 0x206(%ebp)               # protocol 2.15
        movb $0xff, 0x210(%ebp)                 # type_of_loader: unregistered
        movb $0x01, 0x211(%ebp)                 # loadflags: LOADED_HIGH
        movl $0x7fffffff, 0x22c(%ebp)           # initrd_addr_max
        movl 16(%ebx), %eax
        movl %eax, 0x228(%ebp)                  # cmd_line_ptr

# The initramfs is the first multiboot module, if there is one.
        testl $8, (%ebx)
        jz memory
        cmpl $0, 20(%ebx)
        je memory
        movl 24(%ebx), %esi
        movl (%esi), %eax
        movl %eax, 0x218(%ebp)                  # ramdisk_image
        movl 4(%esi), %ecx
        subl %eax, %ecx
        movl %ecx, 0x21c(%ebp)                  # ramdisk_size

# Memory: 0 to 636 KiB, and 1 MiB to the highest usable byte of the multiboot map.
memory: movl 44(%ebx), %ecx                     # mmap_length
        movl 48(%ebx), %esi                     # mmap_addr
        addl %esi, %ecx
        xorl %edx, %edx
range:  cmpl %ecx, %esi
        jae e820
        cmpl $1, 20(%esi)                       # usable?
        jne next
        movl 4(%esi), %eax
        addl 12(%esi), %eax
        cmpl %edx, %eax
        jbe next
        movl %eax, %edx
next:   movl (%esi), %eax
        leal 4(%esi,%eax), %esi
        jmp range
e820:   movb $2, 0x1e8(%ebp)                    # e820_entries
        movl $0x9f000, 0x2d8(%ebp)              # first: address 0, size, type 1
        movl $1, 0x2e0(%ebp)
        movl $0x100000, 0x2e4(%ebp)             # second: address, size, type 1
        subl $0x100000, %edx
        movl %edx, 0x2ec(%ebp)
        movl $1, 0x2f4(%ebp)

        movl %ebp, %esi                         # the kernel finds the zero page in ESI
        xorl %ebx, %ebx
        xorl %edi, %edi
        xorl %ebp, %ebp
        movl $KERNEL_ENTRY, %eax
        jmp *%eax

        .section .shimbss, "aw", @nobits
        .align 16
zero_page:
        .skip 4096
        .skip 256
stack_top:
