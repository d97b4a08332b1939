/** The published distributions of many boots at once, from content/boot. It knows the files, not what is held against them. */
import { z } from 'zod';
import { problemAt, parseEntry } from '../facts/mistakes.ts';
import { formatProblem } from '../facts/problem.ts';
import { listOf, record, text } from '../facts/schema.ts';
import { readYaml } from '../facts/yaml.ts';

const whole = (expected: string) => z.number({ error: expected }).int({ error: expected }).min(0, { error: expected });
const times = (expected: string) => listOf(whole('a time in whole µs'), expected);
const run = { id: text('the id of a figure'), boots: whole('how many boots'), us: times('times in µs, one a level') };
const fileOf = <Run extends z.ZodRawShape>(shape: Run) => record({ source: text('the id of a source'), levels: listOf(whole('a level in 1/1000'), 'a list of levels in 1/1000'), runs: listOf(record(shape), 'a list of runs') });
const parallelSchema = fileOf(run);
const heldOutSchema = fileOf({ ...run, first: times('the median and the 99th percentile that the model said first, in µs').length(2, { error: 'two times' }) });

/** The distributions that set the model’s parameters. Throws one Error that lists every mistake. */
export function parallelRuns(root: string): z.infer<typeof parallelSchema> {
  return read(root, 'content/boot/parallel.yaml', parallelSchema);
}

/** Those that set none, each with what the model said of it at first contact. Throws one Error that lists every mistake. */
export function heldOutRuns(root: string): z.infer<typeof heldOutSchema> {
  return read(root, 'content/boot/held-out.yaml', heldOutSchema);
}

function read<S extends z.ZodType>(root: string, path: string, schema: S): z.infer<S> {
  const file = readYaml(root, path);
  const parsed = file.faults.length > 0 ? file.faults.map(({ message, place }) => problemAt(file, place, 'text that is not YAML', 'valid YAML', `mend it: ${message}`)) : parseEntry(schema, file.data, file, []);
  if ('value' in parsed) return parsed.value;
  throw new Error(`The published distributions do not fit:\n${parsed.map(formatProblem).join('\n')}`);
}
