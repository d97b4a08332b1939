/** State diagrams in words. It reads Mermaid's state database and nothing else. */
import { oneLine } from '../text.ts';
import { layerNote } from './layer-note.ts';
import type { WordItem, Words } from './lists.ts';

interface StateDb {
  getData(): { readonly nodes: readonly Node[]; readonly edges: readonly Edge[] };
}

interface Node {
  readonly id: string;
  readonly label?: string | readonly string[];
  readonly shape: string;
  readonly parentId?: string;
  readonly isGroup?: boolean;
  readonly cssClasses?: string;
  readonly description?: string | readonly string[];
}

interface Edge {
  readonly start: string;
  readonly end: string;
  readonly label?: string;
  readonly arrowTypeEnd?: string;
}

/** Shapes that are not states by themselves, and what they are called. */
const MARKS: Readonly<Record<string, string>> = { stateStart: 'Start', stateEnd: 'End', fork: 'Fork', join: 'Join', choice: 'Choice' };
const OWN_CLASSES = /^(?:statediagram-|default$|note-)/;

/** Every state with the state around it, every transition with its label, every note. */
export function stateWords(database: unknown): Words {
  const { nodes, edges } = (database as StateDb).getData();
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const states = nodes.filter(({ shape }) => !(shape in MARKS) && !/note|divider/i.test(shape));
  const transitions = edges.filter(({ start, end }) => !isNote(byId.get(start)) && !isNote(byId.get(end)));
  const notes = nodes.filter((node) => node.shape === 'note');
  return {
    sections: [
      { heading: 'States', ordered: false, items: states.map((state) => stateItem(state, byId)) },
      { heading: 'Transitions', ordered: false, items: transitions.map((edge) => ({ text: edgeText(edge, byId) })) },
      { heading: 'Notes', ordered: false, items: notes.map((note) => ({ text: noteText(note, edges, byId) })) },
    ],
    classed: states.map((state) => ({ label: nameOf(state), classes: classesOf(state) })),
  };
}

function isNote(node: Node | undefined): boolean {
  return /note/i.test(node?.shape ?? '');
}

function classesOf({ cssClasses = '' }: Node): string[] {
  return cssClasses.split(/\s+/).filter((name) => name && !OWN_CLASSES.test(name));
}

function nameOf(node: Node | undefined): string {
  if (!node) return '';
  const label = [node.label ?? node.id].flat().join(', ');
  return MARKS[node.shape] ?? oneLine(label);
}

function stateItem(state: Node, byId: ReadonlyMap<string, Node>): WordItem {
  const more = [state.description ?? []].flat().map(oneLine).filter((line) => line && line !== nameOf(state));
  return { text: `${nameOf(state)}${layerNote(classesOf(state))}${more.map((line) => `, ${line}`).join('')}${placeNote(state, byId)}` };
}

function placeNote({ parentId }: Node, byId: ReadonlyMap<string, Node>): string {
  const parent = byId.get(parentId ?? '');
  if (!parent) return '';
  return (parent.shape === 'divider' ? '' : `, in ${nameOf(parent)}`) + placeNote(parent, byId);
}

function edgeText({ start, end, label }: Edge, byId: ReadonlyMap<string, Node>): string {
  const [from, to] = [byId.get(start), byId.get(end)];
  const where = from && from.shape === 'stateStart' ? placeNote(from, byId) : '';
  const text = oneLine(label ?? '');
  return `${nameOf(from)}${where} → ${nameOf(to)}${text && `: ${text}`}`;
}

function noteText(note: Node, edges: readonly Edge[], byId: ReadonlyMap<string, Node>): string {
  const edge = edges.find(({ start, end }) => start === note.id || end === note.id);
  const about = edge && byId.get(edge.start === note.id ? edge.end : edge.start);
  const text = oneLine([note.label ?? ''].flat().join(' '));
  return about ? `${nameOf(about)}: ${text}` : text;
}
