/** What the parts of an experiment must agree on: its machines, the keys that are asked for and answered, and what a line of shell may hold. */
import { problemAt } from '../facts/mistakes.ts';
import { nearest } from '../facts/nearest.ts';
import type { Problem } from '../facts/problem.ts';
import type { YamlFile } from '../facts/yaml.ts';
import { IMPLICIT_KEYS, type Condition } from '../sim/linux-lab/index.ts';
import type { ExperimentEntry } from './schema.ts';

type Path = readonly PropertyKey[];
type Part = readonly [path: Path, text: string];

/** Every disagreement within the experiment that stands at `index` of the file. */
export function disagreements(entry: ExperimentEntry, index: number, file: YamlFile): readonly Problem[] {
  const at = (path: Path, found: string, expected: string, todo: string) => problemAt(file, file.placeOf([index, ...path]), found, expected, todo);
  return [...machines(entry, at), ...keys(entry, at), ...measureIds(entry, at), ...lines(entry, at), ...figures(entry, at)];
}

type At = (path: Path, found: string, expected: string, todo: string) => Problem;

function machines({ needs, steps, probes, timing }: ExperimentEntry, at: At): readonly Problem[] {
  const used: readonly Part[] = [
    ...steps.map(({ on }, i): Part => [['steps', i, 'on'], on]),
    ...Object.keys(probes).map((machine): Part => [['probes', machine], machine]),
    ...(timing ? [[['timing', 'on'], timing.on] as const] : []),
  ];
  return used.flatMap(([path, machine]) => (needs.some((each) => each === machine) ? [] : [at(path, `machine ${machine}, which the experiment does not need`, `one of its "needs": ${needs.join(', ')}`, `add ${machine} to "needs", or take another machine`)]));
}

/** A probe answers by `echo KEY=…`. */
const ANSWER = /\becho\s+["']?([a-z]\w*)=/gi;

function answered({ needs, probes, timing }: ExperimentEntry): readonly string[] {
  const own = needs.flatMap((machine) => [...IMPLICIT_KEYS, ...[...(probes[machine] ?? '').matchAll(ANSWER)].map(([, key = '']) => key)].flatMap((key) => [`${machine}.${key}`, `${machine}.last.${key}`]));
  return [...own, ...needs.map((machine) => `clock.boot.${machine}`), ...(timing ? ['clock.timed'] : [])];
}

function keys(entry: ExperimentEntry, at: At): readonly Problem[] {
  const known = answered(entry);
  const asked: readonly Part[] = [
    ...[...entry.done.map(({ when }, i) => [['done', i, 'when'], when] as const), ...entry.hints.map(({ when }, i) => [['hints', i, 'when'], when] as const)]
      .flatMap(([path, when]) => when.flatMap((condition, i) => keysOf(condition).map((key): Part => [[...path, i], key]))),
    ...entry.measures.flatMap(({ from }, i) => from.split(' / ').map((key): Part => [['measures', i, 'from'], key])),
  ];
  return asked.flatMap(([path, key]) => {
    if (known.includes(key)) return [];
    const near = nearest(key, known);
    const own = known.filter((each) => !each.includes('.last.') && !IMPLICIT_KEYS.some((implicit) => each.endsWith(`.${implicit}`)));
    return [at(path, `the key "${key}", which nothing answers`, `a key of a probe or a clock: ${own.join(', ')}`, near ? `write ${near}` : 'let the probe answer it by echo, or ask for another')];
  });
}

const keysOf = ({ key, than }: Condition): readonly string[] => ('key' in than ? [key, than.key] : [key]);

function measureIds({ measures }: ExperimentEntry, at: At): readonly Problem[] {
  const ids = measures.map(({ id }) => id);
  return ids.flatMap((id, i) => (ids.indexOf(id) < i ? [at(['measures', i, 'id'], `the measure "${id}" a second time`, 'an id of its own within the experiment', 'take another')] : []));
}

/** What word processors and copied prompts leave in a line of shell. */
const FOREIGN: readonly (readonly [sign: RegExp, found: string, expected: string, todo: string])[] = [
  [/[“”„‘’‚]/, 'a typographic quote in a line of shell', 'the straight quotes \' and "', 'type it anew'],
  [/^[$#>] /, 'a prompt before a line of shell', 'the line as it is typed', 'remove the prompt'],
];

function lines({ steps, probes, timing }: ExperimentEntry, at: At): readonly Problem[] {
  const typed: readonly Part[] = [
    ...steps.map(({ type }, i): Part => [['steps', i, 'type'], type]),
    ...Object.entries(probes).map(([machine, line]): Part => [['probes', machine], line ?? '']),
    ...(timing ? [[['timing', 'line'], timing.line] as const] : []),
  ];
  return typed.flatMap(([path, line]) => FOREIGN.flatMap(([sign, ...says]) => (sign.test(line) ? [at(path, ...says)] : [])));
}

/** Figures are put into the words of a measure and nowhere else; braces around anything else are a slip. */
const BRACED = /\{[^{}]*\}/;

function figures({ title, belief, task, steps, done, hints, measures, means }: ExperimentEntry, at: At): readonly Problem[] {
  const said: readonly Part[] = [
    [['title'], title], [['belief'], belief], [['task'], task], [['means'], means],
    ...steps.map(({ says }, i): Part => [['steps', i, 'says'], says]),
    ...done.map(({ says }, i): Part => [['done', i, 'says'], says]),
    ...hints.map(({ says }, i): Part => [['hints', i, 'says'], says]),
    ...measures.map((measure, i): Part => [['measures', i, 'title'], measure.title]),
    ...measures.map(({ model }, i): Part => [['measures', i, 'model'], model.replaceAll(/\{[\w.-]+\}/g, '')]),
  ];
  return said.flatMap(([path, text]) => {
    const braced = BRACED.exec(text)?.[0];
    return braced === undefined ? [] : [at(path, `"${braced}" in words`, 'a figure as {id}, without spaces, in "model" only', 'move it there, or remove the braces')];
  });
}
