/** The Decoder's rules, which arrive late. It joins the model to the links of WillItRun, which the model knows as situations only. */
import { makeDecoder, reading, type Action, type Decoder } from '../../src/sim/decoder/model.ts';
import { readable } from '../../src/sim/decoder/readable.ts';
import type { Errors } from '../../src/sim/known.ts';
import { sealed } from '../kit/codec.ts';

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
  // The same as situationText in the kit's situation-link.ts, which would bring all facts of situations along.
  const situations = Object.fromEntries(Object.entries(errors.situations).map(([family, written]) => [family, sealed(['1', written, '1', ''].join('~'))]));
  const made = { ...errors, situations };
  LINKED.set(errors, made);
  return made;
}
