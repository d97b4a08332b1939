/** Reads content/overheads below a root into comparisons. It knows files and references; what a ratio means is the model’s. */
import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { formatQuantity } from '../facts/format.ts';
import type { Facts } from '../facts/load.ts';
import { parseEntry, problemAt, type Entry } from '../facts/mistakes.ts';
import { inReadingOrder, type Problem } from '../facts/problem.ts';
import type { Figure } from '../facts/schema.ts';
import { readYaml } from '../facts/yaml.ts';
import { comparisonsOf } from '../sim/overheads/comparisons.ts';
import type { Comparison, Measured, StudyRow } from '../sim/overheads/types.ts';
import { checkStudies } from './check.ts';
import { studySchema, type StudyFile } from './schema.ts';

export interface LoadedOverheads {
  /** Empty when there is a problem. */
  readonly comparisons: readonly Comparison[];
  readonly problems: readonly Problem[];
}

/** The folder that is read, relative to the root. */
export const OVERHEADS_FOLDER = 'content/overheads';

/** The comparisons below `root` over these facts. Mistakes are listed with file and line. */
export function loadOverheads(root: string, { figures, sources }: Pick<Facts, 'figures' | 'sources'>): LoadedOverheads {
  const { entries, problems } = readStudies(root);
  const all = [...problems, ...checkStudies(entries, figures, sources)];
  if (all.length > 0) return { comparisons: [], problems: inReadingOrder(all) };
  const measured = new Map([...figures].flatMap(([id, figure]) => (typeof figure.value === 'number' ? [[id, measuredOf(figure)] as const] : [])));
  const names = Object.fromEntries([...sources.values()].map(({ id, short }) => [id, short]));
  // A YAML file has no undefined keys; its type does not know that.
  const rows = entries.map(({ value: { also: _, ...row } }) => JSON.parse(JSON.stringify(row)) as StudyRow);
  return { comparisons: comparisonsOf(rows, measured, names), problems: [] };
}

function readStudies(root: string): { readonly entries: readonly Entry<StudyFile>[]; readonly problems: readonly Problem[] } {
  const entries: Entry<StudyFile>[] = [];
  const problems: Problem[] = [];
  for (const file of filesIn(root).map((name) => readYaml(root, name))) {
    problems.push(...file.faults.map(({ message, place }) => problemAt(file, place, 'text that is not YAML', 'valid YAML', `mend it: ${message}`)));
    if (file.data === undefined) continue;
    const parsed = parseEntry(studySchema, file.data, file, []);
    if ('value' in parsed) entries.push(parsed);
    else problems.push(...parsed);
  }
  return { entries, problems };
}

function filesIn(root: string): readonly string[] {
  if (!existsSync(resolve(root, OVERHEADS_FOLDER))) return [];
  return readdirSync(resolve(root, OVERHEADS_FOLDER)).filter((name) => name.endsWith('.yaml')).sort().map((name) => `${OVERHEADS_FOLDER}/${name}`);
}

/** A figure as comparisons are made of it. */
export function measuredOf(figure: Figure): Measured {
  const { value, low = value, high = value, unit, source, bound, evidence } = figure;
  return { value: Number(value), low: Number(low), high: Number(high), unit, source, text: formatQuantity(figure), secondHand: evidence.startsWith('secondary'), ...(bound === undefined ? {} : { bound }) };
}
