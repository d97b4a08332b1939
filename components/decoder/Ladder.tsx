/** The cross-section in small: six layers, the wall in them and what stands beside them, with the place of the mismatch marked. */
import type { State } from '../../src/sim/decoder/model.ts';
import type { Blame } from '../../src/sim/decoder/shown.ts';
import type { Place } from '../../src/sim/decoder/section.ts';
import { BESIDE, blamedIn, RUNGS, sectionLabel } from './view.ts';

export function Ladder({ state }: { readonly state: State }) {
  const blamed = blamedIn(state);
  const sign = blamed === state.first ? 'first' : 'other';
  return (
    <div class="dc-section" role="group" aria-label={sectionLabel(blamed)}>
      <ul class="dc-ladder">{RUNGS.map(([place, does]) => <Part place={place} does={does} blamed={blamed} sign={sign} look={place === 'door' ? 'dc-door' : `layer ${place}`} />)}</ul>
      <ul class="dc-beside">{BESIDE.map(([place, does]) => <Part place={place} does={does} blamed={blamed} sign={sign} look="dc-aside" />)}</ul>
    </div>
  );
}

interface PartProps {
  readonly place: Place;
  readonly does: string;
  readonly blamed: Blame | undefined;
  /** Whether the first answer is marked, or another that the reader looks at. */
  readonly sign: 'first' | 'other';
  readonly look: string;
}

function Part({ place, does, blamed, sign, look }: PartProps) {
  const marked = blamed?.places.includes(place) ?? false;
  return (
    <li class={look} data-marked={marked && sign}>
      <span class="plate"><b>{place === 'door' ? 'the kernel’s wall' : place}</b> <small>{does}</small></span>
      {marked && <span class="dc-mark">{blamed?.what}</span>}
    </li>
  );
}
