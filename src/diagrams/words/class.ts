/** Class diagrams in words. It reads Mermaid's class database and nothing else. */
import { oneLine } from '../text.ts';
import { layerNote } from './layer-note.ts';
import type { Words } from './lists.ts';

interface ClassDb {
  getClasses(): ReadonlyMap<string, ClassNode>;
  getRelations(): readonly Relation[];
  getNotes(): ReadonlyMap<string, Note>;
}

interface Note {
  /** The class that it is about, if it is about one. */
  readonly class: string;
  readonly text: string;
}

interface ClassNode {
  readonly id: string;
  readonly label: string;
  readonly cssClasses: string;
  readonly members: readonly Member[];
  readonly methods: readonly Member[];
  readonly annotations: readonly string[];
  readonly parent?: string;
}

interface Member {
  getDisplayDetails(): { readonly displayText: string };
}

interface Relation {
  readonly id1: string;
  readonly id2: string;
  readonly relationTitle1: string;
  readonly relationTitle2: string;
  readonly title: string;
  readonly relation: { readonly type1: number | string; readonly type2: number | string; readonly lineType: number };
}

/** What the sign at the end of a relation says of the class there, by Mermaid's number for the sign. */
const ENDS: Readonly<Record<number, string>> = { 0: 'has', 1: 'is the general form of', 2: 'consists of', 4: 'offers' };
const ARROW = 3;
const DOTTED = 1;

/** Every class with its members, every relation, every note. */
export function classWords(database: unknown): Words {
  const db = database as ClassDb;
  const classes = [...db.getClasses().values()];
  const nameOf = (id: string): string => oneLine(db.getClasses().get(id)?.label ?? id);
  return {
    sections: [
      { heading: 'Classes', ordered: false, items: classes.map((node) => ({ text: headOf(node), items: membersOf(node).map((text) => ({ text })) })) },
      { heading: 'Relations', ordered: false, items: db.getRelations().map((relation) => ({ text: relationText(relation, nameOf) })) },
      { heading: 'Notes', ordered: false, items: [...db.getNotes().values()].map((note) => ({ text: noteText(note, nameOf) })) },
    ],
    classed: classes.map((node) => ({ label: oneLine(node.label), classes: authorClasses(node) })),
  };
}

function authorClasses({ cssClasses }: ClassNode): string[] {
  return cssClasses.split(/\s+/).filter((name) => name && name !== 'default');
}

function headOf(node: ClassNode): string {
  const kinds = node.annotations.map((annotation) => `, ${oneLine(annotation)}`).join('');
  return `${oneLine(node.label)}${kinds}${layerNote(authorClasses(node))}${node.parent ? `, in ${oneLine(node.parent)}` : ''}`;
}

function membersOf({ members, methods }: ClassNode): string[] {
  return [...members, ...methods].map((member) => oneLine(member.getDisplayDetails().displayText));
}

function relationText({ id1, id2, relationTitle1, relationTitle2, title, relation }: Relation, nameOf: (id: string) => string): string {
  const [one, other] = [withAmount(nameOf(id1), relationTitle1), withAmount(nameOf(id2), relationTitle2)];
  const label = title ? `: ${oneLine(title)}` : '';
  const [end1, end2] = [relation.type1, relation.type2].map((type) => (type === 'none' ? undefined : Number(type)));
  if (end1 !== undefined && ENDS[end1]) return `${one} ${ENDS[end1]} ${other}${label}`;
  if (end2 !== undefined && ENDS[end2]) return `${other} ${ENDS[end2]} ${one}${label}`;
  const dependence = relation.lineType === DOTTED ? ' (depends on it)' : '';
  if (end1 === ARROW && end2 === ARROW) return `${one} ↔ ${other}${label}`;
  if (end1 === ARROW) return `${other} → ${one}${dependence}${label}`;
  return `${one} ${end2 === ARROW ? '→' : '—'} ${other}${end2 === ARROW ? dependence : ''}${label}`;
}

function withAmount(name: string, amount: string): string {
  return amount && amount !== 'none' ? `${name} (${oneLine(amount)})` : name;
}

function noteText(note: Note, nameOf: (id: string) => string): string {
  return `${note.class ? `${nameOf(note.class)}: ` : ''}${oneLine(note.text)}`;
}
