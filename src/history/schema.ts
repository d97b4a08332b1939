/** What may stand in content/machines and content/history. It knows one entry at a time, not how they refer to each other. */
import { z } from 'zod';
import { id, month, placeFacts, sources } from '../compat/schema.ts';
import { listOf, oneOf, record, text } from '../facts/schema.ts';
import { MACHINES, YEARS } from '../sim/history/index.ts';

export const machineSchema = record({
  id: oneOf(MACHINES),
  title: text('a title'),
  noun: text('the machine with its article, as a sentence names it: a Linux PC').regex(/^an? /, { error: 'the machine with its article, as a sentence names it: a Linux PC' }),
  systems: listOf(record({ from: month, says: text('the name of the system in words'), host: placeFacts }), 'a list of systems').min(1, { error: 'at least one system' }),
  usual: listOf(record({ from: month, mechanism: id, called: text('the name of that time').optional(), sources }), 'a list of entries such as { from: 2015-08, mechanism: docker-toolbox, sources: […] }').default([]),
  sources,
});

export const changeSchema = record({
  id,
  month,
  machines: listOf(oneOf(MACHINES), 'a list of machines').min(1, { error: 'at least one machine' }),
  title: text('a title'),
  text: text('one to three sentences'),
  broke: z.boolean({ error: 'true when it broke what had worked, else false' }).default(false),
  sources,
});

const traceYear = z.number({ error: 'a year' }).int({ error: 'a year' }).min(YEARS.first, { error: `a year from ${YEARS.first} on` }).max(YEARS.last, { error: `a year up to ${YEARS.last}` });

export const traceSchema = record({
  id: text('small letters').regex(/^[a-z]+$/, { error: 'small letters: the id is part of links' }),
  written: text('an address, a name or a command, as it is written'),
  machine: oneOf(MACHINES),
  year: traceYear,
  also: z.partialRecord(z.enum(MACHINES), traceYear, { error: 'machines, each with a year' }).optional(),
  text: text('one to three sentences'),
  sources,
});

export const reviewedSchema = record({ id: text('the word reviewed'), month });
