/**
 * `linux-lab`: the reader’s notebook beside real machines. It knows the experiments, what was predicted and what was measured;
 * it refuses to know how the machines run.
 */
import { SimError } from '../errors.ts';
import type { Playable } from '../model.ts';
import { isValue } from './judge.ts';
import type { Action, Config, Experiment, Fact, Lab, MachineId, Moment, Recording, Row, State, Value, Values } from './types.ts';

/** The notebook of this lab, as far as a page plays it; index.ts adds what tests, claims and exports need. */
export function linuxLabIn(lab: Lab): Playable<Config, State, Action, Fact> {
  return {
    id: 'linux-lab',
    init: (config) => stateOf(lab, config),
    step: ({ config }, action) => ({ state: stateOf(lab, configAfter(config, action)), facts: [factOf(action)] }),
    describe: ({ says }) => says,
    // What stands beside the open experiment’s results, and rests on figures.
    why: ({ open, rows }) => rows.filter(({ experiment }) => experiment === open.id).map(({ experiment, id, model, figures }) => ({ rule: `${experiment}.${id}`, text: model, figures })),
  };
}

/** The configuration that an action leads to: what a link keeps. */
export function configAfter(config: Config, action: Action): Config {
  if (action.type === 'open') return { ...config, experiment: action.experiment };
  if (action.type === 'recall') return { ...config, results: action.results };
  return { experiment: action.experiment, results: { ...config.results, [action.experiment]: action.values } };
}

function factOf(action: Action): Fact {
  if (action.type === 'recall') return { id: 'resultsRecalled' };
  return { id: action.type === 'open' ? 'experimentOpened' : 'resultRecorded', experiment: action.experiment };
}

function stateOf(lab: Lab, config: Config): State {
  const { experiments, recording } = lab;
  const open = experimentOf(lab, config.experiment);
  for (const [id, values] of Object.entries(config.results)) checkValues(experimentOf(lab, id), values);
  const done = experiments.filter(({ id }) => Object.hasOwn(config.results, id)).map(({ id }) => id);
  const rows = experiments.flatMap((experiment) => rowsOf(experiment, recording.results[experiment.id] ?? {}, config.results[experiment.id] ?? {}));
  const { date, emulator, host, kernels } = recording;
  return {
    config, open, done, rows,
    titles: Object.fromEntries(experiments.map(({ id, title }) => [id, title])),
    session: commandsOf(recording.events.filter(([experiment]) => experiment === open.id)),
    recorded: { date, emulator, host, kernels },
    says: says(lab, open, done, rows),
  };
}

/** What a shell asks its terminal after a prompt: here a command has ended, and the next may be typed. */
const WAITS = '\u001b[6n';

/** A session cut into whole commands, each from its first letter to the next prompt, in the order in which they ended. What has not ended stands last. */
function commandsOf(events: Recording['events']): readonly Moment[] {
  const ended: Moment[] = [];
  const rests = new Map<MachineId, Moment>();
  for (const [, machine, atMs, text] of events) {
    const parts = `${rests.get(machine)?.text ?? ''}${text}`.split(WAITS);
    const rest = parts.pop();
    ended.push(...parts.map((part) => ({ machine, atMs, text: part + WAITS })));
    if (rest) rests.set(machine, { machine, atMs, text: rest });
    else rests.delete(machine);
  }
  return [...ended, ...rests.values()];
}

function experimentOf({ experiments }: Lab, id: string): Experiment {
  const found = experiments.find((each) => each.id === id);
  if (!found) throw new SimError(`There is no experiment "${id}"; there are ${experiments.map((each) => each.id).join(', ')}.`);
  return found;
}

/** Throws for values that the experiment cannot have: nothing else comes out of a link. */
function checkValues(experiment: Experiment, values: Values): void {
  const misfit = misfitOf(experiment, values);
  if (misfit !== undefined) throw new SimError(`The experiment "${experiment.id}" has no result ${misfit}.`);
}

/** The first value that the experiment cannot have. */
function misfitOf({ measures }: Experiment, values: Values): string | undefined {
  const entries = Object.entries(values);
  if (entries.length === 0) return 'without a value';
  const misfit = entries.find(([name, value]) => {
    const measure = measures.find((each) => each.id === name);
    return !measure || !isValue(value) || (typeof value === 'string' && measure.unit !== '');
  });
  return misfit && `"${misfit[0]}" of ${String(misfit[1])}`;
}

/** Of results that were kept from another day, those that this lab can have: experiments change. */
export function fitting({ experiments }: Lab, results: Config['results']): Config['results'] {
  return Object.fromEntries(experiments.flatMap((experiment) => {
    const values = Object.hasOwn(results, experiment.id) ? results[experiment.id] : undefined;
    return values === undefined || misfitOf(experiment, values) !== undefined ? [] : [[experiment.id, values]];
  }));
}

function rowsOf({ id, title, measures }: Experiment, recorded: Values, yours: Values): readonly Row[] {
  return measures.map((measure) => ({
    experiment: id, title, id: measure.id, measure: measure.title, model: measure.model, figures: measure.figures,
    recorded: valueText(recorded[measure.id], measure.unit), yours: valueText(yours[measure.id], measure.unit),
  }));
}

/** A value as a reader reads it: from a second on in seconds, three digits at most. Empty for none. */
export function valueText(value: Value | undefined, unit: string): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  if (unit === 'ms' && value >= 1000) return `${(value / 1000).toPrecision(3)} s`;
  const digits = value >= 100 || Number.isInteger(value) ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
  return unit === '×' || unit === '%' ? `${digits}${unit}` : [digits, unit].filter((part) => part !== '').join(' ');
}

function says({ experiments }: Lab, { id, title, task }: Experiment, done: readonly string[], rows: readonly Row[]): string {
  const number = `Experiment ${experiments.findIndex((each) => each.id === id) + 1} of ${experiments.length}: ${title}.`;
  if (!done.includes(id)) return `${number} ${task}`;
  const found = rows.filter(({ experiment, yours }) => experiment === id && yours !== '').map(({ measure, yours }) => `${measure}: ${yours}`);
  return `${number} Measured: ${found.join('; ')}.`;
}
