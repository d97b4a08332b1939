/** Why a kind of work costs what it costs behind each wall. It knows mechanisms, and cites who says so. */
import type { Comparison, Config, State, Work } from './types.ts';

type Reason = State['reasons'][number];

const MECHANISMS: Readonly<Record<Work, { readonly text: string; readonly sources: readonly string[] }>> = {
  compute: {
    text: 'Computing crosses no border: behind each of these walls the processor runs the program’s own instructions. What costs is what the program cannot see, such as which processors share a socket.',
    sources: ['gvisor-performance-2020', 'felter-2015-data'],
  },
  memory: {
    text: 'Once memory is mapped, reading and writing it asks nobody. A guest’s addresses are translated twice, which could show where they are used at random; the random updates that were measured here do not show it.',
    sources: ['gvisor-performance-2020', 'linux-kvm-mmu'],
  },
  'system-calls': {
    text: 'A system call crosses a border. In a container it reaches the host’s kernel as it would natively; in a guest it stays in the guest’s kernel; gVisor has to intercept each one and hand it to a kernel of its own.',
    sources: ['gvisor-systrap-2023', 'kuenzer-2021-data'],
  },
  disk: {
    text: 'A guest’s disk is a queue that somebody on the host empties. How many requests it takes at a time, and what it promises when a write is done, counts for more than the wall.',
    sources: ['firecracker-io-engine', 'firecracker-block-io'],
  },
  network: {
    text: 'Each packet of a guest, and of a container behind a bridge, passes through more code of the host. A wire that is full hides it, a round trip shows it.',
    sources: ['felter-2015-data', 'docker-bridge'],
  },
  server: {
    text: 'A small server does little but receive and send, so it pays for each packet and each system call. The more it computes per request, the less the wall costs.',
    sources: ['gvisor-performance-2020', 'kuenzer-2021-data'],
  },
};

/** Every source that a mechanism rests on. */
export const MECHANISM_SOURCES: readonly string[] = [...new Set(Object.values(MECHANISMS).flatMap(({ sources }) => sources))];

/** The rules behind what is shown, each once. */
export function reasonsFor(comparisons: readonly Comparison[], { against }: Config): readonly Reason[] {
  const works = [...new Set(comparisons.map(({ work }) => work))];
  const figures = (some: readonly Comparison[]) => [...new Set(some.flatMap(({ entries }) => entries.map(({ figure }) => figure)))];
  const studies = [...new Set(comparisons.map(({ study }) => study))];
  return [
    { rule: 'oneStudy', text: 'Each ratio has both its numbers from one study, one machine and one year. Ratios of two studies stand beside each other and are never multiplied or averaged.', figures: figures(comparisons), sources: studies },
    {
      rule: 'ownBase',
      text: against === 'study' ? 'The base is what the study had: bare Linux in most, a container in gVisor’s own measurements of 2020.' : 'You chose the base. Where a study did not measure it, or has two numbers for it, its own base stays.',
      figures: [], sources: studies,
    },
    ...works.map((work) => ({ rule: `cost.${work}`, text: MECHANISMS[work].text, figures: [], sources: MECHANISMS[work].sources })),
  ];
}
