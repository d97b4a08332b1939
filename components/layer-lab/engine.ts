/** What the page fetches with the images when a reader first acts: the model, and the questions before an action with what is said of the answers. */
import { imageStoreIn, type Tables } from '../../src/sim/image-store/model.ts';
import type { Action } from '../../src/sim/image-store/types.ts';
import { labIn } from './lab.ts';
import { panelOf, scored } from './Question.tsx';
import { quizFor } from './quiz.ts';
import type { LabState } from './view.ts';

export function engineIn(tables: Tables) {
  const model = labIn(imageStoreIn(tables), tables.compositions);
  return { model, quiz: (lab: LabState, action: Action) => quizFor(model, lab, action), panelOf, scored };
}

export type Engine = ReturnType<typeof engineIn>;
