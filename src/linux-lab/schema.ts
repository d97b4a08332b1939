/** What may stand in content/linux-lab/experiments.yaml. It knows one experiment at a time. */
import { z } from 'zod';
import { listOf, oneOf, record, text } from '../facts/schema.ts';
import { conditionOf, MACHINES, type Condition } from '../sim/linux-lab/index.ts';

const machine = oneOf(MACHINES);
const CONDITION = 'a condition such as "a.status = 137", with a space on both sides of =, !=, >, < or has';
const condition = z.string({ error: CONDITION }).transform((written, context): Condition => {
  const read = conditionOf(written);
  if (!read) context.addIssue({ code: 'custom', message: CONDITION });
  return read as Condition;
});
const when = () => listOf(condition, 'a list of conditions').min(1, { error: 'at least one condition' });
const TIMES = 'how many times, from 1 to 20';
const line = text('a line of shell').refine((written) => !written.includes('\n'), { error: 'a single line of shell' });

const measure = record({
  id: text('a word').regex(/^[a-z]+$/, { error: 'a word of small letters' }),
  title: text('what is measured'),
  unit: oneOf(['ms', '×', '%', 'bytes'] as const).optional(),
  from: text('a key such as a.kernel, or a quotient of two').regex(/^(?:a|b|clock)\.[\w.]+(?: \/ (?:a|b|clock)\.[\w.]+)?$/, { error: 'a key such as a.kernel, or a quotient such as clock.boot.a / clock.timed' }),
  model: text('what models and figures say; {id} stands for a figure'),
});

export const experimentSchema = record({
  id: text('a word').regex(/^[a-z]+$/, { error: 'a word of small letters' }),
  title: text('the title of the experiment'),
  belief: text('the belief that it tests, as a sentence'),
  task: text('what to do, as a sentence'),
  needs: listOf(machine, 'a list of machines').min(1, { error: 'at least one machine' }),
  steps: listOf(record({ says: text('why it is typed'), on: machine, type: line }), 'a list of lines to type'),
  probes: z.partialRecord(machine, line, { error: 'a line of shell for each machine that is asked' }),
  done: listOf(record({ when: when(), says: text('what is still open while it is not so') }), 'a list of what must be so').min(1, { error: 'at least one' }),
  hints: listOf(record({ when: when(), says: text('what to say'), reset: machine.optional() }), 'a list of hints'),
  timing: record({ on: machine, line, times: z.int({ error: TIMES }).min(1, { error: TIMES }).max(20, { error: TIMES }) }).optional(),
  measures: listOf(measure, 'a list of measures').min(1, { error: 'at least one measure' }),
  means: text('what the result means'),
});

export type ExperimentEntry = z.infer<typeof experimentSchema>;
