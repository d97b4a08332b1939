/** What may stand in content/boot: one file at a time. It knows shapes, not how files refer to each other. */
import { z } from 'zod';
import { listOf, oneOf, record, text } from '../facts/schema.ts';
import { INTERVALS, PHASES, type Interval, type Phase } from '../sim/boot-race/index.ts';

const interval = oneOf(Object.keys(INTERVALS) as [Interval, ...Interval[]]);
const phase = oneOf(PHASES as unknown as [Phase, ...Phase[]]);
const whole = (expected: string, least = 0, most = Number.MAX_SAFE_INTEGER) => z.number({ error: expected }).int({ error: expected }).min(least, { error: expected }).max(most, { error: expected });
const permille = (expected: string) => whole(`${expected}, a whole number from 0 to 1000`, 0, 1000);
const sources = listOf(text('the id of a source'), 'a list of sources').min(1, { error: 'at least one source' });

export const runsSchema = record({
  source: text('the id of a source'),
  levels: listOf(permille('a level in 1/1000'), 'a list of levels in 1/1000').min(2, { error: 'at least two levels' }),
  runs: listOf(
    record({ machine: text('the id of a machine'), series: text('the name of a series'), interval, boots: whole('how many boots', 1), us: listOf(whole('a time in whole µs'), 'times in µs, one a level') }),
    'a list of runs',
  ),
});

export const machinesSchema = listOf(
  record({
    id: text('the name of the machine'),
    title: text('what a reader calls it'),
    cores: whole('a number of cores', 1),
    smt: whole('throughput of a core with two busy threads, from 1000 to 2000', 1000, 2000),
    time: whole('how long work takes, in 1/1000 of the reference', 1).optional(),
    awake: permille('work left when cores do not sleep'),
    memoryMib: whole('memory in MiB', 1).optional(),
    diskMBps: whole('a rate in MB/s', 1).optional(),
    networkMBps: whole('a rate in MB/s', 1).optional(),
    sources,
    note: text('a note for the reader').optional(),
  }),
  'a list of machines',
);

const run = { series: text('the name of a series'), interval };
const end = oneOf(['value', 'low', 'high'] as const);
const phaseSchema = record({
  phase,
  series: run.series.optional(),
  interval: interval.optional(),
  less: record(run).optional(),
  figure: text('the id of a figure').optional(),
  spread: oneOf(['range', 'none'] as const).optional(),
  end: end.optional(),
  over: whole('how many at once', 1).optional(),
  minus: record({ figure: text('the id of a figure'), end, over: whole('how many at once', 1) }).optional(),
  section: text('what lets one in at a time').optional(),
  work: permille('the share that is work').optional(),
  lock: permille('the share of the kernel’s locks').optional(),
});

const technologySchema = record({
  id: text('the name of the technology'),
  title: text('what a reader calls it'),
  kind: oneOf(['container', 'gvisor', 'microvm', 'vm', 'unikernel'] as const),
  contention: oneOf(['fitted', 'derived', 'assumed'] as const).optional(),
  like: text('the id of a technology').optional(),
  processes: record({ before: whole('processes before the clock'), after: whole('processes after the clock') }).optional(),
  on: text('the id of a machine').optional(),
  phases: listOf(phaseSchema, 'a list of phases').default([]),
  clocks: z.partialRecord(interval, listOf(phase, 'the phases that the clock covers'), { error: `intervals among ${Object.keys(INTERVALS).join(', ')}` }).default({}),
  memory: text('the id of a figure').optional(),
  image: text('the id of a figure').optional(),
  gap: text('why there is no evidence').optional(),
  note: text('a note for the reader').optional(),
});
export const technologiesSchema = listOf(technologySchema, 'a list of technologies');

export const contentionSchema = record({
  lockUs: whole('µs for each other instance'),
  noise: permille('the spread of work beside others'),
  launchUs: whole('µs of the launcher'),
  scriptUs: whole('µs of a process of the script'),
});

export type RunsFile = z.infer<typeof runsSchema>;
export type MachinesFile = z.infer<typeof machinesSchema>;
export type TechnologyEntry = z.infer<typeof technologySchema>;
export type PhaseEntry = z.infer<typeof phaseSchema>;
export type ContentionFile = z.infer<typeof contentionSchema>;
