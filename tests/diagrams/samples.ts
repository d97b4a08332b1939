/** Diagrams of the subject, one of each kind that the site draws. */

export const STACK = `flowchart TB
  accTitle: Two containers and a virtual machine
  accDescr: Both containers use the host's kernel. The virtual machine brings its own.
  subgraph host["Laptop"]
    subgraph first["Container A"]
      nginx["nginx"]:::application --> debian["Debian files"]:::userland
    end
    subgraph second["Container B"]
      redis["redis"]:::application --> alpine["Alpine files"]:::userland
    end
    subgraph vm["Virtual machine"]
      oracle["Oracle"]:::application --> guest["Guest kernel"]:::kernel
    end
    linux["Linux 6.12"]:::kernel
    qemu["KVM and QEMU"]:::hypervisor
    debian -- "openat()" --> linux
    alpine -- "openat()" --> linux
    guest -. "VM exit" .-> qemu
    qemu --> linux
    linux --> uefi["UEFI"]:::firmware --> cpu["CPU, RAM, disk"]:::hardware
  end
  class host,vm machine
  class first,second sandbox
`;

export const READ = `sequenceDiagram
  accTitle: What happens during read()
  accDescr: The application calls read; the kernel answers from the page cache or from the disk.
  autonumber
  participant A as Application
  participant K as Kernel
  participant D as Disk driver
  A->>K: read(fd, buf, 4096)
  alt data in page cache
    K-->>A: copy to user buffer
  else cache miss
    K->>+D: submit request
    Note right of D: the process sleeps<br/>until the interrupt
    D-->>-K: interrupt
    loop until the buffer is full
      K-->>A: copy
    end
  end
  D-xK: second interrupt
`;

export const PROCESS = `stateDiagram-v2
  accTitle: Process states
  [*] --> Ready
  Ready --> Running : dispatch
  Running --> Ready : timer interrupt
  Running --> Waiting : I/O
  Running --> [*]
  state Waiting {
    [*] --> Interruptible
    Interruptible --> Uninterruptible : disk I/O
  }
  note right of Running : one per CPU
  class Ready kernel
`;

export const LAYERS = `block
  accTitle: What an operating system consists of
  accDescr: Programs above shared libraries above the kernel above the hardware.
  columns 3
  shell["Shell"] server["Web server"] database["Database"]
  libraries["C library"]:3
  block:kernel:3
    memory["Memory"] files["Files"]
  end
  hardware["Hardware"]:3
  shell --> libraries
  class hardware hardware
`;

export const OBJECTS = `classDiagram
  accTitle: Kernel objects behind a file descriptor
  class task_struct {
    +pid_t pid
    +schedule() void
  }
  class files_struct
  class file
  task_struct "1" --> "1" files_struct : owns
  files_struct "1" o-- "0..64" file
  note for file "one per open()"
`;

export const SAMPLES = { STACK, READ, PROCESS, LAYERS, OBJECTS };
