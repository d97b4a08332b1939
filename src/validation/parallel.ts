/** The published distributions of many boots at once, from content/boot/parallel.yaml. It knows the file, not what is held against it. */
import { z } from 'zod';
import { problemAt, parseEntry } from '../facts/mistakes.ts';
import { formatProblem } from '../facts/problem.ts';
import { listOf, record, text } from '../facts/schema.ts';
import { readYaml } from '../facts/yaml.ts';

const FILE = 'content/boot/parallel.yaml';
const whole = (expected: string) => z.number({ error: expected }).int({ error: expected }).min(0, { error: expected });
const schema = record({
  source: text('the id of a source'),
  levels: listOf(whole('a level in 1/1000'), 'a list of levels in 1/1000'),
  runs: listOf(record({ id: text('the id of a figure'), boots: whole('how many boots'), us: listOf(whole('a time in whole µs'), 'times in µs, one a level') }), 'a list of runs'),
});

export type ParallelFile = z.infer<typeof schema>;

/** The published distributions. Throws one Error that lists every mistake. */
export function parallelRuns(root: string): ParallelFile {
  const file = readYaml(root, FILE);
  const parsed = file.faults.length > 0 ? file.faults.map(({ message, place }) => problemAt(file, place, 'text that is not YAML', 'valid YAML', `mend it: ${message}`)) : parseEntry(schema, file.data, file, []);
  if ('value' in parsed) return parsed.value;
  throw new Error(`The published distributions do not fit:\n${parsed.map(formatProblem).join('\n')}`);
}
