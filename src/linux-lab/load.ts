/** Reads content/linux-lab below a root: the experiments, with figures put into their words, and the recorded session. It knows the files, not the machines. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { facts, formatQuantity, type Figure } from '../facts/index.ts';
import { parseEntry, problemAt } from '../facts/mistakes.ts';
import { formatProblem, inReadingOrder, type Problem } from '../facts/problem.ts';
import { readYaml, type YamlFile } from '../facts/yaml.ts';
import { valueText, type Experiment, type Lab, type Recording } from '../sim/linux-lab/index.ts';
import { disagreements } from './agreement.ts';
import { experimentSchema, type ExperimentEntry } from './schema.ts';

const EXPERIMENTS = 'content/linux-lab/experiments.yaml';
const RECORDING = 'content/linux-lab/recording.json';
/** Stands in the words of a measure for a figure. */
const FIGURE = /\{([\w.-]+)\}/g;

/** A figure in words, by id; undefined when there is none. */
export type InWords = (id: string) => string | undefined;

/** The experiments below `root`, none where there is no such file. `figure` says figures in words. */
export function loadExperiments(root: string, figure: InWords): { readonly experiments: readonly Experiment[]; readonly problems: readonly Problem[] } {
  if (!existsSync(resolve(root, EXPERIMENTS))) return { experiments: [], problems: [] };
  const file = readYaml(root, EXPERIMENTS);
  if (file.faults.length > 0) return { experiments: [], problems: file.faults.map(({ message, place }) => problemAt(file, place, 'text that is not YAML', 'valid YAML', `mend it: ${message}`)) };
  if (!Array.isArray(file.data)) return { experiments: [], problems: [problemAt(file, { line: 1, column: 1 }, 'no list', 'a list of experiments', 'begin each with "- id:"')] };
  const parsed = file.data.map((raw, i) => parseEntry(experimentSchema, raw, file, [i]));
  // Each keeps its place in the file, whatever is wrong with those before it.
  const entries = parsed.flatMap((each, i) => ('value' in each ? [[each.value, i] as const] : []));
  const problems = [
    ...parsed.flatMap((each) => ('value' in each ? [] : each)), ...cut(file), ...twice(file),
    ...entries.flatMap(([entry, i]) => [...unknownIn(entry, i, file, figure), ...disagreements(entry, i, file)]),
  ];
  return { experiments: problems.length > 0 ? [] : entries.map(([entry]) => experimentOf(entry, figure)), problems: inReadingOrder(problems) };
}

function experimentOf({ timing, measures, ...entry }: ExperimentEntry, figure: InWords): Experiment {
  return {
    ...(JSON.parse(JSON.stringify(entry)) as Omit<Experiment, 'timing' | 'measures'>),
    ...(timing ? { timing } : {}),
    measures: measures.map(({ unit = '', model, ...measure }) => ({
      ...measure, unit, figures: [...model.matchAll(FIGURE)].map(([, id = '']) => id), model: model.replace(FIGURE, (_, id: string) => figure(id) ?? id),
    })),
  };
}

function unknownIn({ measures }: ExperimentEntry, index: number, file: YamlFile, figure: InWords): readonly Problem[] {
  return measures.flatMap(({ model }, i) => [...model.matchAll(FIGURE)].flatMap(([, id = '']) =>
    (figure(id) === undefined ? [problemAt(file, file.placeOf([index, 'measures', i, 'model']), `the unknown figure "${id}"`, 'the id of a figure in content/facts', 'correct the id')] : [])));
}

function twice(file: YamlFile): readonly Problem[] {
  const ids = (file.data as readonly unknown[]).map((entry) => (entry as { readonly id?: unknown } | null)?.id);
  return ids.flatMap((id, i) => (typeof id === 'string' && ids.indexOf(id) < i ? [problemAt(file, file.placeOf([i, 'id']), `"${id}" a second time`, 'an id of its own', 'take another')] : []));
}

/** YAML ends unquoted text where ` #` begins a comment; in words and shell that is mostly meant as text. */
function cut(file: YamlFile): readonly Problem[] {
  return file.comments.map((place) => problemAt(file, place, 'a # after unquoted text, where YAML begins a comment', 'the whole text in quotes, or the comment on a line of its own', 'put the text in quotes'));
}

/** The lab below `root`. Throws one Error that lists every mistake. */
export function labOf(root: string = process.cwd()): Lab {
  const { lab, problems } = loadLab(root, facts(root).figures);
  if (problems.length > 0) throw new Error(`The experiments do not fit:\n${problems.map(formatProblem).join('\n')}`);
  return lab;
}

/** The lab below `root`, and what is wrong with it; with mistakes it has no experiments. */
export function loadLab(root: string, figures: ReadonlyMap<string, Figure>): { readonly lab: Lab; readonly problems: readonly Problem[] } {
  const { experiments, problems } = loadExperiments(root, (id) => {
    const found = figures.get(id);
    return found && formatQuantity(found);
  });
  return { lab: { experiments, recording: recordingIn(root) }, problems };
}

/** What may be asked of the recorded session, by experiment and measure: `start.ratio`. Where experiments have mistakes, all that was recorded. */
export function recordedIds(lab: Lab): ReadonlySet<string> {
  if (lab.experiments.length > 0) return new Set(recordedIn(lab).keys());
  return new Set(Object.entries(lab.recording.results).flatMap(([id, values]) => Object.keys(values).map((measure) => `${id}.${measure}`)));
}

/** What the recorded session measured, in words, by experiment and measure: `start.ratio`. */
export function recordedIn({ experiments, recording: { results } }: Lab): ReadonlyMap<string, string> {
  return new Map(experiments.flatMap(({ id, measures }) => measures.flatMap((measure) => {
    const value = results[id]?.[measure.id];
    return value === undefined ? [] : [[`${id}.${measure.id}`, valueText(value, measure.unit)] as const];
  })));
}

const NOTHING: Recording = { date: '', emulator: '', host: '', kernels: { a: '', b: '' }, events: [], results: {} };

/** The session that `npm run linux:record` wrote. */
function recordingIn(root: string): Recording {
  const path = resolve(root, RECORDING);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Recording) : NOTHING;
}
