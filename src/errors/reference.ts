/** Everything that is known of errors, in the order of a reference: by layer from the most to the least known. It knows the order, not the page. */
import { known } from '../known/index.ts';
import { ERROR_LAYER_NAMES, ERROR_LAYERS, type Family, type Fix, type Onward } from '../sim/decoder/index.ts';

export interface Meaning {
  /** What does not match, as a phrase that begins small. */
  readonly name: string;
  readonly fixes: readonly Fix[];
}

/** Another layer that the same words can mean. */
export interface OtherMeaning extends Meaning {
  readonly when: string;
  readonly question: string;
}

export interface Entry extends Pick<Family, 'id' | 'title' | 'role' | 'sure' | 'meaning' | 'because' | 'evidence'> {
  /** One message as it was seen. */
  readonly example: string;
  readonly fixes: readonly Fix[];
  readonly others: readonly OtherMeaning[];
  /** Pages that go on from here. */
  readonly onward: readonly Onward[];
}

export interface Group {
  readonly layer: string;
  readonly name: string;
  readonly entries: readonly Entry[];
}

/** All families by their layer. Within a layer, messages that name a cause stand before those that hint at one. */
export function errorGroups(): readonly Group[] {
  const { families } = known().errors;
  return ERROR_LAYERS.map((layer) => ({ layer, name: ERROR_LAYER_NAMES[layer], entries: families.filter((family) => family.layer === layer).toSorted(byRole).map(entryOf) }))
    .filter(({ entries }) => entries.length > 0);
}

const ROLES = ['cause', 'consequence', 'announcement', 'hint'] as const;
const byRole = (a: Family, b: Family): number => ROLES.indexOf(a.role) - ROLES.indexOf(b.role);

function entryOf(family: Family): Entry {
  const { id, title, role, sure, meaning, because, evidence, examples, alternatives = [], onward = [] } = family;
  const fixesOf = (layer: string): readonly Fix[] => family.fixes.filter((fix) => (fix.layer ?? family.layer) === layer);
  const others = alternatives.map(({ layer, when, question }) => ({ name: ERROR_LAYER_NAMES[layer], when, question, fixes: fixesOf(layer) }));
  return { id, title, role, sure, meaning, because, evidence, example: examples[0] ?? '', fixes: fixesOf(family.layer), others, onward };
}
