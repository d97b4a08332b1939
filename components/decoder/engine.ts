/** The Decoder's rules, which arrive late. It joins the model to the links of WillItRun, which the model knows as situations only. */
import { makeDecoder, reading, type Action, type Decoder } from '../../src/sim/decoder/model.ts';
import { readable } from '../../src/sim/decoder/readable.ts';
import { readSituation } from '../../src/sim/compat/situation.ts';
import type { Errors } from '../../src/sim/known.ts';
import { situationText } from '../kit/situation-link.ts';

export function makeModel(errors: Errors): Decoder {
  return makeDecoder(linked(errors));
}

/** The action that reads a paste of any length. */
export function readingOf(text: string, errors: Errors): Action {
  return reading(readable(text).text, linked(errors));
}

const LINKED = new WeakMap<Errors, Errors>();

/** The same knowledge with texts of links in place of situations. */
function linked(errors: Errors): Errors {
  const before = LINKED.get(errors);
  if (before) return before;
  const situations = Object.fromEntries(Object.entries(errors.situations).flatMap(([family, written]) => {
    const situation = readSituation(written);
    return situation ? [[family, situationText(situation)]] : [];
  }));
  const made = { ...errors, situations };
  LINKED.set(errors, made);
  return made;
}
