/** What loads when a reader first acts: the model and the reader of pastes, both over the knowledge that the page fetches. */
import { compatModel, type CompatModel } from '../../src/sim/compat/model.ts';
import { readPaste, type Pasted } from '../../src/sim/compat/paste.ts';
import type { Knowledge } from '../../src/sim/compat/knowledge.ts';
import type { Situation } from '../../src/sim/compat/situation.ts';
import { Told } from './Told.tsx';

export interface Engine {
  readonly knowledge: Knowledge;
  readonly model: CompatModel;
  read(text: string, now: Situation): Pasted;
  /** Draws what came of a paste. */
  readonly Told: typeof Told;
}

export function engineOf(knowledge: Knowledge): Engine {
  return { knowledge, model: compatModel(knowledge), read: (text, now) => readPaste(text, now, knowledge), Told };
}
