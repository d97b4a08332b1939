/** WillItRun's entry in the catalog: does this image run on that machine, how, and if not, why? */
import type { Action, Config } from '../../src/sim/compat/act.ts';
import type { Host, Workload } from '../../src/sim/compat/facts.ts';
import { compatModel, type Fact, type State } from '../../src/sim/compat/model.ts';
import { READY } from '../../src/sim/compat/offers.ts';
import type { Playground } from '../kit/playground.ts';
import { codec } from './codec.ts';
import { willItRunProps, type WillItRunProps } from './props.ts';
import { tableOf } from './view.ts';

export const willItRun: Playground<WillItRunProps, Config, State, Action, Fact> = {
  name: 'WillItRun',
  question: 'Will it run here?',
  props: willItRunProps,
  figures: [],
  optional: ['tool', 'date'],
  model: (_, { compat }) => compatModel(compat),
  recipe: ({ seed, ...props }) => ({ config: configOf(props), seed, actions: [] }),
  codec,
  table: tableOf,
};

/** A machine or a workload of which an author says nothing is that of the first ready situation. */
function configOf({ tool, date, ...props }: Omit<WillItRunProps, 'seed'>): Config {
  const [{ situation }] = READY;
  const host = hostOf(props);
  const workload = workloadOf(props);
  return {
    host: Object.keys(host).length > 0 ? host : situation.host,
    workload: Object.keys(workload).length > 0 ? workload : situation.workload,
    ...(tool === undefined ? {} : { tool: { id: tool } }),
    ...(date === undefined ? {} : { date }),
  };
}

/** The controls that an author's props speak of, as `host.os`; undefined where they speak of none. */
export function shownIn(props: WillItRunProps): readonly string[] | undefined {
  const named = Object.entries(props).flatMap(([name, value]) => (value === undefined ? [] : CONTROLS[name] ?? []));
  return named.length > 0 ? named : undefined;
}

const CONTROLS: Readonly<Record<string, readonly string[]>> = {
  os: ['host.os'], version: ['host.version'], edition: ['host.edition'], arch: ['host.arch'], virtualization: ['host.firmwareVirtualization'], hyperv: ['host.hyperv'], machine: ['host.isVm', 'host.nested'],
  kernel: ['host.kernel'], cgroup: ['host.cgroup'], binfmt: ['host.binfmt'], cpuLevel: ['host.cpuLevel'], build: ['host.build'],
  kind: ['workload.kind'], imageOs: ['workload.os'], imageArch: ['workload.arch'], imageBuild: ['workload.build'], imageKernel: ['workload.kernel'], imageCpuLevel: ['workload.cpuLevel'], isolation: ['workload.isolation'], tool: ['tool.tool'], date: ['date'],
};

type Said = Omit<WillItRunProps, 'seed' | 'tool' | 'date'>;

function hostOf({ os, version, edition, arch, virtualization, hyperv, machine, kernel, cgroup, binfmt, cpuLevel, build }: Said): Host {
  return stated({
    os, version, edition, arch, kernel, cgroup, binfmt, build,
    firmwareVirtualization: virtualization && virtualization === 'on',
    hyperv: hyperv && hyperv === 'on',
    isVm: machine && machine !== 'physical',
    nested: machine === 'vm-nested' ? true : machine === 'vm' ? false : undefined,
    cpuLevel: cpuLevel?.toString(),
  });
}

function workloadOf({ kind, imageOs, imageArch, imageBuild, imageKernel, imageCpuLevel, isolation }: Said): Workload {
  const given = stated<Workload>({ kind, os: imageOs, arch: imageArch?.split(' '), build: imageBuild, kernel: imageKernel, cpuLevel: imageCpuLevel?.toString(), isolation });
  return Object.keys(given).length > 0 ? { kind: 'image', ...given } : given;
}

function stated<T extends object>(facts: object): T {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as T;
}
