/** Races that are worth running first: each with the question that it settles. Data only; names are kept for ever, since links hold them. */
import type { Interval } from '../boot-race/intervals.ts';
import type { Arrangement } from './types.ts';

export interface Scene {
  readonly title: string;
  readonly to: Arrangement;
}

const lane = (technology: string, interval: Interval) => ({ technology, interval });
const plain = { machine: 'rn.haswell', count: 1, atOnce: 0, afterReady: 'stay', whenFull: 'refuse', image: 'cached' } as const;
// As the study did it: whoever is up ends and makes room for the next, and QEMU has qboot.
const study = { ...plain, count: 1000, atOnce: 100, afterReady: 'exit' } as const;
const guests = [lane('chv', 'vmm-to-init'), lane('fc-api', 'vmm-to-init'), lane('qboot', 'vmm-to-init')];

export const SCENES = {
  'firmware': { title: 'One each: a microVM and a VM with a BIOS', to: { ...plain, lanes: [lane('fc-api', 'vmm-to-init'), lane('qemu', 'vmm-to-init')] } },
  'docker-microvm': { title: 'One each: Docker’s engine and a microVM', to: { ...plain, lanes: [lane('docker', 'request-to-running'), lane('fc-api', 'vmm-to-init')] } },
  'docker-sixteen': { title: '16 at once: Docker’s engine and a microVM', to: { ...plain, count: 160, atOnce: 16, afterReady: 'exit', lanes: [lane('docker', 'request-to-running'), lane('fc-api', 'vmm-to-init')] } },
  'full-guest': { title: 'docker run and a full Ubuntu guest', to: { ...plain, machine: 'i7i.metal', lanes: [lane('docker-runc', 'run-to-exit'), lane('ubuntu-cloud', 'request-to-command')] } },
  'hundred': { title: '1,000 guests, 100 at once, on 4 cores', to: { ...study, lanes: guests } },
  'hundred-48': { title: '1,000 guests, 100 at once, on 48 cores', to: { ...study, machine: 'm5d.metal', lanes: guests } },
  'ten-thousand': { title: '10,000 boots, 100 at once, on 48 cores', to: { ...study, count: 10_000, machine: 'm5d.metal', lanes: guests.slice(0, 2) } },
  'memory': { title: '400 that stay: memory ends', to: { ...plain, count: 400, lanes: [lane('fc-api', 'vmm-to-init'), lane('qemu', 'vmm-to-init')] } },
  'unikernel': { title: 'A unikernel smaller than a container, one each', to: { ...plain, machine: 'uk2021', lanes: [lane('docker-program', 'program-run'), lane('qemu-microvm', 'vmm-to-guest')] } },
  'sandboxes': { title: 'Docker with runc and with gVisor', to: { ...plain, machine: 'gvisor2020', lanes: [lane('docker-runc', 'run-to-exit'), lane('docker-runsc', 'run-to-exit')] } },
  'namespaces': { title: '100 network namespaces at once', to: { ...plain, count: 100, lanes: [lane('netns', 'namespace-created')] } },
  'gaps': { title: 'What nobody measured in public', to: { ...plain, lanes: [lane('crun', 'create-and-run'), lane('youki', 'create-and-run'), lane('kata', 'vmm-to-init'), lane('boot2docker', 'vmm-to-init')] } },
} as const satisfies Readonly<Record<string, Scene>>;
export type SceneId = keyof typeof SCENES;
export const SCENE_IDS = Object.keys(SCENES) as readonly SceneId[];

/** The scene that an arrangement is, or nothing. */
export function sceneOf(arrangement: Arrangement): SceneId | undefined {
  const { machine, lanes, count, atOnce, afterReady, whenFull, image } = arrangement;
  const text = textOf({ machine, lanes, count, atOnce, afterReady, whenFull, image });
  return SCENE_IDS.find((id) => textOf(SCENES[id].to) === text);
}

function textOf({ lanes, ...rest }: Arrangement): string {
  return JSON.stringify([Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)), lanes.map(({ technology, interval }) => [technology, interval])]);
}
