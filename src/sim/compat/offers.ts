/** What a page offers before any rule is there: the situations to start from, the months, and what a choice amounts to. It asks for nothing but types. */
import type { SetAction } from './act.ts';
import type { Value } from './facts.ts';
import type { Situation } from './situation.ts';

/** The first month that has anything to plan with: the month in which Docker was shown. */
export const FIRST_MONTH = '2013-03';

/** The action that a choice amounts to; without a value, to take the statement back. */
export function stating({ of, fact }: { readonly of: 'host' | 'workload' | 'tool'; readonly fact: string }, value?: Value): SetAction | { readonly type: 'use'; readonly tool?: string } {
  if (of === 'tool') return value === undefined ? { type: 'use' } : { type: 'use', tool: String(value) };
  return { type: 'set', of, fact, ...(value === undefined ? {} : { value }) } as SetAction;
}

/** The months of the chosen year, and the chosen month of each other year. */
export function monthsOffered(date: string | undefined, last: string): readonly string[] {
  const [year, month = '06'] = date?.split('-') ?? [];
  const years = Array.from({ length: Number(last.slice(0, 4)) - Number(FIRST_MONTH.slice(0, 4)) + 1 }, (_, i) => String(Number(FIRST_MONTH.slice(0, 4)) + i));
  const months = Array.from({ length: 12 }, (_, i) => String(i + 1).padStart(2, '0'));
  const offered = [...years.map((each) => `${each}-${month}`), ...(year === undefined ? [] : months.map((each) => `${year}-${each}`))];
  return [...new Set(offered.map((each) => (each < FIRST_MONTH ? FIRST_MONTH : each > last ? last : each)))];
}

export interface Ready {
  readonly title: string;
  readonly situation: Situation;
}

const AMD64: Situation['workload'] = { kind: 'image', os: 'linux', arch: ['amd64'] };

/** Situations that many people have, to start from. The first is the one that a playground without props shows. */
export const READY: readonly [Ready, ...Ready[]] = [
  { title: 'A Mac with Apple silicon, an image for amd64 only', situation: { host: { os: 'macos', version: '26', arch: 'arm64' }, workload: AMD64 } },
  { title: 'A laptop with Windows 11 Home', situation: { host: { os: 'windows', version: '25H2', edition: 'home', arch: 'amd64' }, workload: AMD64 } },
  { title: 'Windows 10 Pro with Hyper-V', situation: { host: { os: 'windows', version: '22H2', build: '19045', edition: 'pro', arch: 'amd64', hyperv: true }, workload: AMD64 } },
  { title: 'Windows 7 with Docker Toolbox, in 2016', situation: { host: { os: 'windows', version: '7', arch: 'amd64', firmwareVirtualization: true }, workload: AMD64, tool: { id: 'docker-toolbox' }, date: '2016-06' } },
  { title: 'A Mac with an Intel processor', situation: { host: { os: 'macos', version: '13', arch: 'amd64' }, workload: AMD64, tool: { id: 'docker-desktop' } } },
  { title: 'A Linux server, an image for arm64', situation: { host: { os: 'linux', distro: 'ubuntu', version: '24.04', arch: 'amd64' }, workload: { kind: 'image', os: 'linux', arch: ['arm64'] } } },
  { title: 'Windows Server 2019, an image of ltsc2022', situation: { host: { os: 'windows-server', version: '2019', arch: 'amd64' }, workload: { kind: 'image', os: 'windows', arch: ['amd64'], build: '20348' } } },
  { title: 'A Windows 11 machine in the cloud, without nesting', situation: { host: { os: 'windows', version: '25H2', edition: 'pro', arch: 'amd64', isVm: true, nested: false }, workload: AMD64 } },
  { title: 'FreeBSD, an image for Linux', situation: { host: { os: 'freebsd', version: '14.2', arch: 'amd64' }, workload: AMD64 } },
];
