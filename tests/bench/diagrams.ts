/**
 * What a diagram costs the build: CPU time cold (drawn) and warm (found in the cache), for N diagrams that all differ.
 * Run it as `node tests/bench/diagrams.ts 100`; `--json` prints the numbers only.
 */
import { createRequire } from 'node:module';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStudio, type Studio } from '../../src/diagrams/studio.ts';

const { resolve } = createRequire(import.meta.url);
const FONTS = ['latin', 'latin-ext'].map((subset) => resolve(`@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-${subset}-wght-normal.woff2`));

const WORDS = ['cache', 'driver', 'socket', 'thread', 'inode', 'buffer', 'signal', 'mount', 'cgroup', 'handle', 'timer', 'vector'];

/** What lessons draw: mostly flowcharts with groups, some sequences and states, a few blocks and classes. */
const SHAPES: readonly ((n: number, word: (i: number) => string) => string)[] = [
  (n, word) => `flowchart TB
  accTitle: Stack ${n}
  subgraph host["Host ${word(0)}"]
    subgraph first["Container ${word(1)}"]
      a["${word(2)} server"]:::application --> b["${word(3)} files"]:::userland
    end
    subgraph second["Container ${word(4)}"]
      c["${word(5)} worker"]:::application --> d["${word(6)} files"]:::userland
    end
    k["Kernel with ${word(7)}"]:::kernel
    b -- "${word(8)}()" --> k
    d -- "${word(9)}()" --> k
    k --> h["Hardware ${word(10)}"]:::hardware
  end
  class host machine
  class first,second sandbox`,
  (n, word) => `flowchart LR
  accTitle: Path ${n}
  a["Application ${word(0)}"] --> b["C library: ${word(1)}"] -->|"${word(2)}"| c{"Is the ${word(3)} there?"}
  c -- yes --> d["${word(4)}"]
  c -- no --> e[("${word(5)} disk")] --> d`,
  (n, word) => `sequenceDiagram
  accTitle: Call ${n}
  participant A as ${word(0)}
  participant K as Kernel
  participant D as ${word(1)}
  A->>K: ${word(2)}(fd)
  alt ${word(3)} is there
    K-->>A: ${word(4)}
  else
    K->>D: ${word(5)}
    D-->>K: ${word(6)}
  end
  K-->>A: done`,
  (n, word) => `stateDiagram-v2
  accTitle: States ${n}
  [*] --> Ready
  Ready --> Running : ${word(0)}
  Running --> Ready : ${word(1)}
  Running --> Waiting : ${word(2)}
  Waiting --> Ready : ${word(3)}
  Running --> [*]`,
  (n, word) => `block
  accTitle: Layers ${n}
  columns 3
  a["${word(0)}"] b["${word(1)}"] c["${word(2)}"]
  d["${word(3)} library"]:3
  e["Kernel: ${word(4)}"]:3`,
];

/** Share of each shape, in order, out of ten. */
const MIX = [0, 0, 0, 1, 1, 2, 2, 3, 3, 4];

function diagram(n: number): string {
  const word = (i: number): string => `${WORDS[(n * 7 + i * 5) % WORDS.length]} ${n}`;
  return SHAPES[MIX[n % MIX.length]!]!(n, word);
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function drawAll(studio: Studio, count: number): Promise<number> {
  const before = cpuMs();
  for (let n = 0; n < count; n += 1) await studio.draw(diagram(n));
  return (cpuMs() - before) / count;
}

/** CPU milliseconds a diagram, the thread's start included. */
async function measure(count: number): Promise<{ count: number; coldMs: number; warmMs: number }> {
  const cacheDir = mkdtempSync(join(tmpdir(), 'diagrams-bench-'));
  try {
    const first = openStudio({ fonts: FONTS, cacheDir });
    const coldMs = await drawAll(first, count);
    await first.close();
    const warmMs = await drawAll(openStudio({ fonts: FONTS, cacheDir }), count);
    return { count, coldMs: Math.round(coldMs * 10) / 10, warmMs: Math.round(warmMs * 100) / 100 };
  } finally {
    rmSync(cacheDir, { recursive: true, force: true });
  }
}

const counts = process.argv.slice(2).filter((argument) => /^\d+$/.test(argument)).map(Number);
const results = [];
for (const count of counts.length > 0 ? counts : [10, 100]) results.push(await measure(count));
if (process.argv.includes('--json')) console.log(JSON.stringify(results));
else console.table(results);
