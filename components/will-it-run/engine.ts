/** What loads when a reader first acts: the model and the reader of pastes, both over the knowledge that the page fetches. */
import type { Action } from '../../src/sim/compat/act.ts';
import { compatModel, type CompatModel } from '../../src/sim/compat/model.ts';
import { readPaste, type Pasted } from '../../src/sim/compat/paste.ts';
import type { Knowledge } from '../../src/sim/compat/knowledge.ts';
import { Told } from './Told.tsx';
import type { Asking } from './WillItRun.tsx';

/** What came of a paste, and how it is drawn. */
export interface Came {
  readonly told: Pasted;
  /** What was done with it; absent where nothing was understood. */
  readonly action: Action | undefined;
  readonly Told: typeof Told;
}

export interface Engine {
  readonly knowledge: Knowledge;
  readonly model: CompatModel;
  /** Reads a text beside what is stated, of which lines count from `firstLine`, and states what it says. Answers when the page shows that. */
  take(text: string, firstLine: number, session: Asking): Promise<Came>;
}

/** Longer texts are cut: no output of a command is so long. */
const LONGEST = 1_000_000;

export function engineOf(knowledge: Knowledge): Engine {
  const take: Engine['take'] = async (text, firstLine, { run, act }) => {
    const told = readPaste(text.slice(0, LONGEST), run.state.situation, knowledge, firstLine);
    const action: Action | undefined = told.situation && { type: 'fill', situation: told.situation };
    if (action) await new Promise<void>((done) => act(action, done));
    return { told, action, Told };
  };
  return { knowledge, model: compatModel(knowledge), take };
}
