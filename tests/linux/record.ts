/**
 * `npm run linux:record`: plays all experiments on real machines and writes what they printed and measured to
 * content/linux-lab/recording.json. The page shows it where no machine runs.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { type MachineId, type Recording, type Values } from '../../src/sim/linux-lab/index.ts';
import { labOf } from '../../src/linux-lab/load.ts';
import { Bench } from './play.ts';

/** Text that came within so many ms is one moment. */
const MOMENT_MS = 40;
/** Letters of a moment at most. */
const LONGEST = 1500;

const begin = performance.now();
const events: [string, MachineId, number, string][] = [];
let playing = '';

function take(machine: MachineId, text: string): void {
  const at = Math.round(performance.now() - begin);
  const last = events.at(-1);
  if (last && last[0] === playing && last[1] === machine && at - last[2] < MOMENT_MS && last[3].length < LONGEST) last[3] += text;
  else events.push([playing, machine, at, text]);
}

const { experiments } = labOf();
const bench = new Bench(take);
const results: Record<string, Values> = {};
const kernels: Partial<Record<MachineId, string>> = {};
for (const experiment of experiments) {
  playing = experiment.id;
  await bench.play(experiment);
  const { done, open, hint, values } = await bench.outcome(experiment);
  if (!done) throw new Error(`The experiment "${experiment.id}" was played and is not done. Still open: ${open.join('; ')}. ${hint}\n${bench.answered()}`);
  const missing = experiment.measures.filter(({ id }) => values[id] === undefined).map(({ id, from }) => `${id} (from ${from})`);
  if (missing.length > 0) throw new Error(`The experiment "${experiment.id}" is done, and nothing was measured for ${missing.join(', ')}.\n${bench.answered()}`);
  results[experiment.id] = values;
  process.stdout.write(`${experiment.id}: ${JSON.stringify(values)}\n`);
  for (const id of experiment.needs) kernels[id] ??= (await bench.at(id).probe('uname -r')).trim();
}
await bench.end();

const v86 = JSON.parse(readFileSync('node_modules/v86/package.json', 'utf8')) as { readonly version: string };
const recording: Recording = {
  date: new Date().toISOString().slice(0, 10), emulator: `v86 ${v86.version.split('+')[0] ?? ''}`, host: `Node.js ${process.versions.node} on ${cpus()[0]?.model.trim() ?? 'an unknown processor'}`,
  kernels: { a: kernels.a ?? '', b: kernels.b ?? '' }, events, results,
};
writeFileSync('content/linux-lab/recording.json', `${JSON.stringify(recording).replaceAll('],["', '],\n["')}\n`);
process.exit(0);
