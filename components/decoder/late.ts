/** Fetches the Decoder's rules and what is known of errors, once a page. */
import type { Action, Config, Decoder, Fact, State } from '../../src/sim/decoder/model.ts';
import type { Errors } from '../../src/sim/known.ts';
import { enginesOf, fetchKnown } from '../kit/Late.tsx';

export interface Rules {
  readonly model: Decoder;
  /** The action that reads a paste. */
  reading(text: string): Action;
}

/** The rules over the knowledge at an address. */
export const engineAt = enginesOf<Config, State, Action, Fact, Rules>('Decoder', async (address) => {
  const [{ makeModel, readingOf }, errors] = await Promise.all([import('./engine.ts'), fetchKnown<Errors>(address)]);
  return { model: makeModel(errors), reading: (text) => readingOf(text, errors) };
});
