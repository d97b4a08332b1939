/** Fetches the Decoder's rules and what is known of errors, once a page. */
import type { Action, Config, Fact, State } from '../../src/sim/decoder/model.ts';
import type { Errors } from '../../src/sim/known.ts';
import { fetchKnown, lateModel, type LateModel } from '../kit/Late.tsx';

export interface Engine {
  readonly late: LateModel<Config, State, Action, Fact>;
  /** The action that reads a paste. Throws before the rules are here. */
  reading(text: string): Action;
}

const ENGINES = new Map<string, Engine>();

/** The rules over the knowledge at an address. */
export function engineAt(address: string): Engine {
  const engine = ENGINES.get(address) ?? made(address);
  ENGINES.set(address, engine);
  return engine;
}

function made(address: string): Engine {
  let reading: Engine['reading'] = () => {
    throw new Error('The rules of the Decoder have not been loaded.');
  };
  const late = lateModel<Config, State, Action, Fact>('decoder', async () => {
    const [{ makeModel, readingOf }, errors] = await Promise.all([import('./engine.ts'), fetchKnown<Errors>(address)]);
    reading = (text) => readingOf(text, errors);
    return makeModel(errors);
  });
  return { late, reading: (text) => reading(text) };
}
