/** The text equivalent of each kind, word for word. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Artist } from '../../src/diagrams/draw.ts';
import { theArtist } from './artist.ts';
import { LAYERS, OBJECTS, PROCESS, READ, STACK } from './samples.ts';

let artist: Artist;
beforeAll(async () => {
  artist = await theArtist();
});

/** The words as indented lines, one a list item. */
async function linesOf(source: string): Promise<string> {
  const { words } = await artist.draw(source);
  let depth = 0;
  return words
    .replace(/<summary>.*?<\/summary>/, '')
    .replace(/<\/?(?:ul|ol|li|p)>/g, (tag) => {
      if (/^<(?:ul|ol)>/.test(tag)) depth += 1;
      if (/^<\/(?:ul|ol)>/.test(tag)) depth -= 1;
      return tag === '<li>' || tag === '<p>' ? `\n${'  '.repeat(depth)}` : '';
    })
    .trim();
}

describe('in words', () => {
  it('a flowchart names parts with their layers and places, groups with their walls, and arrows', async () => {
    expect(await linesOf(STACK)).toMatchInlineSnapshot(`
      "Both containers use the host's kernel. The virtual machine brings its own.
      Parts:
        nginx (application), in Container A, in Laptop
        Debian files (userland), in Container A, in Laptop
        redis (application), in Container B, in Laptop
        Alpine files (userland), in Container B, in Laptop
        Oracle (application), in Virtual machine, in Laptop
        Guest kernel (kernel), in Virtual machine, in Laptop
        Linux 6.12 (kernel), in Laptop
        KVM and QEMU (hypervisor), in Laptop
        UEFI (firmware), in Laptop
        CPU, RAM, disk (hardware), in Laptop
      Groups:
        Container A (a wall that the kernel keeps), in Laptop
        Container B (a wall that the kernel keeps), in Laptop
        Virtual machine (a wall that hypervisor and processor keep), in Laptop
        Laptop (a wall that hypervisor and processor keep)
      Arrows:
        nginx → Debian files
        redis → Alpine files
        Oracle → Guest kernel
        Debian files → Linux 6.12: openat()
        Alpine files → Linux 6.12: openat()
        Guest kernel → KVM and QEMU: VM exit
        KVM and QEMU → Linux 6.12
        Linux 6.12 → UEFI
        UEFI → CPU, RAM, disk"
    `);
  });

  it('a sequence tells its steps in order, nested in their conditions', async () => {
    expect(await linesOf(READ)).toMatchInlineSnapshot(`
      "The application calls read; the kernel answers from the page cache or from the disk.
      Participants:
        Application
        Kernel
        Disk driver
      Steps:
        Application → Kernel: read(fd, buf, 4096)
        Either: data in page cache
          Kernel → Application: copy to user buffer
        Or: cache miss
          Kernel → Disk driver: submit request
          Note at Disk driver: the process sleeps until the interrupt
          Disk driver → Kernel: interrupt
          Repeated: until the buffer is full
            Kernel → Application: copy
        Disk driver → Kernel: second interrupt (lost)"
    `);
  });

  it('a state diagram lists states, transitions and notes', async () => {
    expect(await linesOf(PROCESS)).toMatchInlineSnapshot(`
      "States:
        Ready (kernel)
        Running
        Waiting
        Interruptible, in Waiting
        Uninterruptible, in Waiting
      Transitions:
        Start → Ready
        Ready → Running: dispatch
        Running → Ready: timer interrupt
        Running → Waiting: I/O
        Running → End
        Start, in Waiting → Interruptible
        Interruptible → Uninterruptible: disk I/O
      Notes:
        Running: one per CPU"
    `);
  });

  it('a block diagram keeps its nesting', async () => {
    expect(await linesOf(LAYERS)).toMatchInlineSnapshot(`
      "Programs above shared libraries above the kernel above the hardware.
      Blocks:
        Shell
        Web server
        Database
        C library
        Group
          Memory
          Files
        Hardware (hardware)
      Arrows:
        Shell → C library"
    `);
  });

  it('a class diagram says what is made of what', async () => {
    expect(await linesOf(OBJECTS)).toMatchInlineSnapshot(`
      "Classes:
        task_struct
          +pid_t pid
          +schedule() : void
        files_struct
        file
      Relations:
        task_struct (1) → files_struct (1): owns
        files_struct (1) has file (0..64)
      Notes:
        file: one per open()"
    `);
  });

  it('directions, lines without heads and links that are not drawn are told apart', async () => {
    expect(await linesOf('flowchart LR\n accTitle: T\n a <--> b\n b --- c\n c ~~~ d\n a -- "x < y" --> d')).toMatchInlineSnapshot(`
      "Parts:
        a
        b
        c
        d
      Arrows:
        a ↔ b
        b — c
        a → d: x &lt; y"
    `);
  });

  it('stands in a fold with its own name', async () => {
    expect((await artist.draw(STACK)).words).toMatch(/^<summary>Diagram in words<\/summary><p>Both containers/);
  });

  it('a picture without a description is summed up', async () => {
    expect((await artist.draw(PROCESS)).svg).toContain('>5 states, 7 transitions, 1 note. The same in words follows the picture.</desc>');
  });
});
