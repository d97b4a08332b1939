/** Reads content/boot below a root into the tables of `boot-race`. It knows files and references; what happens with them is the model’s. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { z, ZodType } from 'zod';
import { parseEntry, problemAt } from '../facts/mistakes.ts';
import { inReadingOrder, type Problem } from '../facts/problem.ts';
import { readYaml, type YamlFile } from '../facts/yaml.ts';
import type { Contention, Machine, Tables, Technology } from '../sim/boot-race/index.ts';
import { checkBoot } from './check.ts';
import { evidenceOf, FigureError, type FigureValues } from './evidence.ts';
import { contentionSchema, machinesSchema, runsSchema, technologiesSchema, type ContentionFile, type MachinesFile, type RunsFile, type TechnologyEntry } from './schema.ts';

/** What content/boot says, before figures are put in. */
export interface BootFiles {
  readonly runs: RunsFile;
  readonly machines: MachinesFile;
  readonly technologies: readonly TechnologyEntry[];
  readonly contention: ContentionFile;
}

export interface LoadedBoot {
  /** Undefined when there is a problem. */
  readonly tables: Tables | undefined;
  readonly problems: readonly Problem[];
}

/** The folder that is read, relative to the root. */
export const BOOT_FOLDER = 'content/boot';
const SCHEMAS = { runs: runsSchema, machines: machinesSchema, technologies: technologiesSchema, contention: contentionSchema };

/** The tables below `root` over these figures. Mistakes are listed with file and line. */
export function loadBoot(root: string, figures: ReadonlyMap<string, FigureValues>): LoadedBoot {
  const problems: Problem[] = [];
  const read = <S extends ZodType>(name: keyof typeof SCHEMAS, schema: S): { value: z.infer<S>; file: YamlFile } | undefined => {
    const path = `${BOOT_FOLDER}/${name}.yaml`;
    if (!existsSync(resolve(root, path))) return void problems.push({ file: path, line: 1, column: 1, found: 'no such file', expected: `${BOOT_FOLDER}/${name}.yaml`, todo: 'add the file' });
    const file = readYaml(root, path);
    problems.push(...file.faults.map(({ message, place }) => problemAt(file, place, 'text that is not YAML', 'valid YAML', `mend it: ${message}`)));
    if (file.data === undefined) return undefined;
    const parsed = parseEntry(schema, file.data, file, []);
    if ('value' in parsed) return parsed;
    problems.push(...parsed);
    return undefined;
  };
  const [runs, machines, technologies, contention] = [read('runs', runsSchema), read('machines', machinesSchema), read('technologies', technologiesSchema), read('contention', contentionSchema)];
  if (!runs || !machines || !technologies || !contention) return { tables: undefined, problems: inReadingOrder(problems) };
  const files: BootFiles = { runs: runs.value, machines: machines.value, technologies: technologies.value, contention: contention.value };
  problems.push(...checkBoot(files, { runs: runs.file, technologies: technologies.file }, figures));
  return problems.length > 0 ? { tables: undefined, problems: inReadingOrder(problems) } : { tables: tablesOf(files, figures), problems };
}

/** The tables that these files and figures make. Throws FigureError for a figure that is missing or has another unit. */
export function tablesOf({ runs, machines, technologies, contention }: BootFiles, figures: ReadonlyMap<string, FigureValues>): Tables {
  const made = technologies.map((entry) => technologyOf(entry, technologies, runs, machines, figures));
  return { levels: runs.levels, machines: byId(machines.map(machineOf)), technologies: byId(made), contention: contentionOf(contention) };
}

function byId<T extends { readonly id: string }>(entries: readonly T[]): Readonly<Record<string, T>> {
  return Object.fromEntries(entries.map((entry) => [entry.id, entry]));
}

function contentionOf({ lockUs, noise, launchUs, scriptUs }: ContentionFile): Contention {
  return { lockUs, noisePermille: noise, launchUs, scriptUs };
}

function machineOf({ id, title, cores, smt, time, awake, memoryMib, diskMBps, networkMBps }: MachinesFile[number]): Machine {
  const known = { memoryMib, diskMBps, networkMBps, timePermille: time };
  return { id, title, cores, smtPermille: smt, awakePermille: awake, ...(withoutUndefined(known) as Partial<Machine>) };
}

function withoutUndefined(record: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}

function technologyOf(entry: TechnologyEntry, all: readonly TechnologyEntry[], runs: RunsFile, machines: MachinesFile, figures: ReadonlyMap<string, FigureValues>): Technology {
  const { id, title, kind, contention = 'assumed', clocks, memory, image, gap, note } = entry;
  const like = all.find((other) => other.id === entry.like) ?? entry;
  const phases = entry.phases.map(({ phase, work, lock, section }) => {
    const model = like.phases.find((other) => other.phase === phase);
    return {
      phase,
      // Where nothing was fitted, a start is all work for a core, which is the worst case; what queues in a section waits.
      workPermille: work ?? model?.work ?? like.phases[0]?.work ?? (section === undefined && contention === 'assumed' ? 1000 : 0),
      lockPermille: lock ?? model?.lock ?? 0,
      ...(section === undefined ? {} : { section }),
    };
  });
  const evidence = evidenceOf(entry, runs, machines, figures);
  const processes = entry.processes ?? like.processes;
  const kib = (figure: string, factors: Readonly<Record<string, number>>) => {
    const { value, unit } = figures.get(figure) ?? {};
    const factor = factors[unit ?? ''];
    if (typeof value !== 'number' || factor === undefined) throw new FigureError(figure, Object.keys(factors).join(' or '));
    return Math.round(value * factor);
  };
  const SIZES = { MiB: 1024, MB: 1e6 / 1024, B: 1 / 1024 };
  return {
    id, title, kind, phases, clocks: clocks as Technology['clocks'], runs: evidence.runs, contention,
    ...(processes === undefined ? {} : { processes }),
    ...(memory === undefined ? {} : { memoryKib: kib(memory, SIZES), memoryMeans: figures.get(memory)?.quantity ?? '' }),
    ...(image === undefined ? {} : { imageKib: kib(image, SIZES) }),
    ...(gap === undefined ? {} : { gap }),
    ...(note === undefined ? {} : { note }),
    figures: [...new Set([...evidence.figures, ...[memory, image].filter((figure) => figure !== undefined)])],
    sources: evidence.sources,
  };
}
