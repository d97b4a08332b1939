/** What may stand in content/overheads. It knows one file at a time, not the figures that it names. */
import { z } from 'zod';
import { listOf, oneOf, record, text } from '../facts/schema.ts';
import { RUNNERS, WORKS, type Runner, type Work } from '../sim/overheads/types.ts';

const id = text('an id of lower-case words joined by hyphens').regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, { error: 'lower-case words joined by hyphens' });
const runner = oneOf(RUNNERS as readonly [Runner, ...Runner[]]);
const figure = text('the id of a figure');
const sources = listOf(text('the id of a source'), 'a list of ids of sources').min(1, { error: 'at least one source' });
const ofRunners = (each: z.ZodString, expected: string) => z.partialRecord(runner, each, { error: expected });
const TITLE = 'what was done, in at most 40 characters';
const YEAR = 'a year';

const comparison = record({
  id,
  work: oneOf(WORKS as readonly [Work, ...Work[]]),
  title: text(TITLE).max(40, { error: TITLE }),
  /** `rate`: more is faster. `time`: less is. */
  measured: oneOf(['rate', 'time']),
  machine: text('hardware and system').optional(),
  lead: z.boolean({ error: 'true when it is shown at once' }).optional(),
  spread: text('what the ranges of its figures are').optional(),
  entries: ofRunners(figure, 'a figure for each runner, the base first'),
  notes: ofRunners(text('a note for the reader'), 'notes by runner').optional(),
  unranked: listOf(runner, 'the runners whose figures do not rank').min(1, { error: 'at least one runner' }).optional(),
  dispute: record({ runner, says: text('what contradicts what'), sides: record({ log: figure, table: figure }), sources }).optional(),
  trap: record({ says: text('how not to read it'), runners: listOf(runner, 'the runners whose lead does not rank'), about: listOf(runner, 'the runners that it is told of').optional(), sources }).optional(),
});

export const studySchema = record({
  study: text('the id of a source'),
  also: listOf(text('the id of a source'), 'other sources of the same study').optional(),
  year: z.number({ error: YEAR }).int({ error: YEAR }).min(1990, { error: YEAR }).max(2100, { error: YEAR }),
  machine: text('hardware and system, in words'),
  dated: record({ says: text('why it is old'), runners: listOf(runner, 'the runners that have grown old').optional(), works: listOf(oneOf(WORKS as readonly [Work, ...Work[]]), 'the kinds of work that have grown old').optional(), sources }).optional(),
  comparisons: listOf(comparison, 'a list of comparisons').min(1, { error: 'at least one comparison' }),
});

export type StudyFile = z.infer<typeof studySchema>;
