/** Links from other playgrounds into WillItRun, with a situation set. It knows the address, not what comes of the situation. */
import { writeSituation, type Situation } from '../../src/sim/compat/situation.ts';
import { sealed } from './codec.ts';

/** What WillItRun's codec writes for a situation: its version, the situation, a seed, no actions. */
export function situationText(situation: Situation): string {
  return sealed(['1', writeSituation(situation), '1', ''].join('~'));
}

/** The address below `base` (with its closing slash) that opens WillItRun with the situation. */
export function willItRunAt(base: string, situation: Situation): string {
  return `${base}playgrounds/WillItRun/?WillItRun-1=${encodeURIComponent(situationText(situation))}#WillItRun-1`;
}
