/** Asks machines what an experiment wants to know of them. It knows how to ask; what the answers mean is judged by the model. */
import { answersOf } from '../../src/sim/linux-lab/judge.ts';
import type { Experiment, MachineId, Value, Values } from '../../src/sim/linux-lab/types.ts';
import { PROMPT } from './machine.ts';
import { plainText } from './view.ts';

/** Some probes count for two seconds. */
const PATIENCE_MS = 8000;

export interface Asked {
  readonly probe: (machine: MachineId, line: string, ms: number) => Promise<string>;
  /** Whether the machine is on. */
  readonly isOn: (machine: MachineId) => boolean;
  readonly hasPanicked: (machine: MachineId) => boolean;
  /** What its terminal has printed lately. */
  readonly printed: (machine: MachineId) => string;
  readonly clock: Values;
  /** What the machines have answered to this experiment so far; `look` adds to it. */
  readonly memory: Memory;
}

/** Answers by key as `a.last.key`: what a machine said last, for those who ask when it cannot say it any more. */
export type Memory = Record<string, Value>;

/** What the machines say of an experiment. One that is silent is an answer too. */
export async function look({ probes, needs }: Pick<Experiment, 'probes' | 'needs'>, { probe, isOn, hasPanicked, printed, clock, memory }: Asked): Promise<Values> {
  const answers = await Promise.all(needs.map(async (machine): Promise<Values> => {
    const line = probes[machine];
    if (!isOn(machine)) return { [`${machine}.off`]: 1 };
    if (line === undefined) return {};
    const typed = { [`${machine}.printed`]: lastOf(printed(machine)) };
    if (hasPanicked(machine)) return { ...typed, [`${machine}.silent`]: 1, [`${machine}.panicked`]: 1, [`${machine}.answers`]: 'no' };
    return probe(machine, line, PATIENCE_MS).then((text) => ({ ...answersOf(machine, text), ...typed }), () => ({ [`${machine}.silent`]: 1 }));
  }));
  const now = Object.assign({}, ...answers) as Values;
  for (const [key, value] of Object.entries(now)) memory[key.replace('.', '.last.')] = value;
  return { ...clock, ...now, ...memory };
}

/** The last line that was sent on a terminal, with what came of it. */
export const lastOf = (printed: string) => plainText(printed).split(PROMPT).findLast((part) => part.trimEnd().length > 0 && part.includes('\n')) ?? '';

/** Letters of an answer that are read out; more would keep a listener from going on. */
const HEARD = 400;

/** What a line came to, to be read out: without the line itself, which a narrow terminal breaks anywhere, without the prompt after it, and not too much of it. */
export function answerIn(printed: string, sent: string): string {
  const echo = new RegExp([...sent].map((sign) => sign.replace(/[^\w ]/, '\\$&')).join('[\\r\\n]*')).exec(printed);
  const after = echo ? printed.slice(echo.index + echo[0].length) : printed;
  const lines = plainText(after).split('\n').slice(0, -1).map((line) => line.trim()).filter((line) => line !== '');
  const text = lines.join('. ');
  if (text === '') return 'Nothing was printed.';
  return text.length > HEARD ? `${text.slice(0, HEARD)} … and more, in the transcript.` : text;
}

/** The middle one. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? NaN;
}

/** How a kernel ends that cannot go on, on a line of its own: what a reader types about it is none. */
export const hasPanicked = (printed: string) => /(?:^|\n)\[ *\d+\.\d+\] ---\[ end Kernel panic/.test(printed);

/** What a kernel says first when it cannot go on; empty when it has not. */
export const panicIn = (printed: string) => /Kernel panic - not syncing: [^\r\n]*?(?=\s*(?:\]---|[\r\n]|$))/.exec(printed)?.[0] ?? '';

/** How a kernel ends that was told to. */
export const hasHalted = (printed: string) => /(?:^|\n)\[ *\d+\.\d+\] reboot: (?:System halted|Power down|Restarting system)/.test(printed);

/** Whether the terminal waits for a line: its last one begins with a prompt, perhaps with something typed after it. */
export const isAtPrompt = (printed: string) => /[#$>] [^\n]*$/.test(plainText(printed).split('\n').at(-1) ?? '');
