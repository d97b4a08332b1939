/** Entity-relationship diagrams in words. It reads Mermaid's database of entities and nothing else. */
import { oneLine } from '../text.ts';
import { layerNote } from './layer-note.ts';
import type { Words } from './outline.ts';

interface ErDb {
  getEntities(): ReadonlyMap<string, Entity>;
  getRelationships(): readonly Relationship[];
}

interface Entity {
  readonly id: string;
  readonly label: string;
  readonly alias: string;
  readonly attributes: readonly { readonly type: string; readonly name: string; readonly keys: readonly string[]; readonly comment: string }[];
  readonly cssClasses?: string;
}

interface Relationship {
  readonly entityA: string;
  readonly entityB: string;
  readonly roleA: string;
  readonly relSpec: { readonly cardA: string; readonly cardB: string };
}

/** How many, by Mermaid's name of the sign at that end. */
const AMOUNTS: Readonly<Record<string, string>> = { ZERO_OR_ONE: 'at most one', ZERO_OR_MORE: 'any number of', ONE_OR_MORE: 'at least one', ONLY_ONE: 'exactly one', MD_PARENT: 'exactly one' };

/** Every entity with its attributes, every relationship with the amounts at both ends. */
export function erWords(database: unknown): Words {
  const db = database as ErDb;
  const entities = [...db.getEntities().values()];
  const names = new Map(entities.map((entity) => [entity.id, oneLine(entity.alias || entity.label)]));
  const nameOf = (id: string): string => names.get(id) ?? id;
  return {
    sections: [
      { heading: 'Entities', ordered: false, items: entities.map((entity) => ({ text: `${nameOf(entity.id)}${layerNote(authorClasses(entity))}`, items: attributesOf(entity).map((text) => ({ text })) })) },
      { heading: 'Relationships', ordered: false, items: db.getRelationships().map((relationship) => ({ text: relationshipText(relationship, nameOf) })) },
    ],
    classed: entities.map((entity) => ({ label: nameOf(entity.id), classes: authorClasses(entity) })),
  };
}

function authorClasses({ cssClasses = '' }: Entity): string[] {
  return cssClasses.split(/\s+/).filter((name) => name && name !== 'default');
}

function attributesOf({ attributes }: Entity): string[] {
  return attributes.map(({ name, type, keys, comment }) => [`${oneLine(name)} (${oneLine(type)})`, ...keys, oneLine(comment ?? '')].filter(Boolean).join(', '));
}

/** Mermaid keeps the amount that stands at the second entity as `cardA`, and the other way round. */
function relationshipText({ entityA, entityB, roleA, relSpec }: Relationship, nameOf: (id: string) => string): string {
  const [first, second] = [AMOUNTS[relSpec.cardB] ?? '', AMOUNTS[relSpec.cardA] ?? ''];
  return `${first} ${nameOf(entityA)} — ${second} ${nameOf(entityB)}: ${oneLine(roleA)}`.trim().replace(/: $/, '');
}
