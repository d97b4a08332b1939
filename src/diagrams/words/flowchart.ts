/** Flowcharts in words. It reads Mermaid's flowchart database and nothing else. */
import { oneLine } from '../text.ts';
import { layerNote } from './layer-note.ts';
import type { WordItem, Words } from './outline.ts';

interface FlowDb {
  getVertices(): ReadonlyMap<string, Vertex>;
  getEdges(): readonly Edge[];
  getSubGraphs(): readonly Group[];
}

interface Vertex {
  readonly id: string;
  readonly text?: string;
  readonly labelType: string;
  readonly classes: readonly string[];
}

interface Edge {
  readonly start: string;
  readonly end: string;
  readonly text: string;
  readonly type?: string;
  readonly stroke?: string;
}

interface Group {
  readonly id: string;
  readonly title: string;
  readonly nodes: readonly string[];
  readonly classes: readonly string[];
}

/** Every part with the groups around it, every arrow with its label; links that are laid out but not drawn are left out. */
export function flowchartWords(database: unknown): Words {
  const db = database as FlowDb;
  const groups = new Map(db.getSubGraphs().map((group) => [group.id, group]));
  const parts = [...db.getVertices().values()].filter(({ id }) => !groups.has(id));
  const names = new Map([...parts.map((part) => [part.id, labelOf(part)] as const), ...[...groups.values()].map((group) => [group.id, oneLine(group.title)] as const)]);
  const nameOf = (id: string): string => names.get(id) ?? id;
  const edges = db.getEdges().filter(({ stroke }) => stroke !== 'invisible');
  return {
    sections: [
      { heading: 'Parts', ordered: false, items: parts.map((part) => ({ text: `${nameOf(part.id)}${layerNote(part.classes)}${placeNote(part.id, groups)}` })) },
      { heading: 'Groups', ordered: false, items: [...groups.values()].map((group) => groupItem(group, groups)) },
      { heading: 'Arrows', ordered: false, items: edges.map((edge) => ({ text: edgeText(edge, nameOf) })) },
    ],
    classed: [...parts.map((part) => ({ label: nameOf(part.id), classes: part.classes })), ...[...groups.values()].map((group) => ({ label: nameOf(group.id), classes: group.classes }))],
  };
}

/** Markdown labels are written in backticks; their emphasis marks are not for reading. */
function labelOf({ id, text, labelType }: Vertex): string {
  const label = oneLine(text ?? id);
  return labelType === 'markdown' ? label.replace(/\*\*?|__?/g, '') : label;
}

function groupItem(group: Group, groups: ReadonlyMap<string, Group>): WordItem {
  return { text: `${oneLine(group.title)}${layerNote(group.classes)}${placeNote(group.id, groups)}` };
}

/** `, in Container A, in Host`: from the inside out. */
function placeNote(id: string, groups: ReadonlyMap<string, Group>): string {
  const parent = [...groups.values()].find(({ nodes }) => nodes.includes(id));
  return parent ? `, in ${oneLine(parent.title)}${placeNote(parent.id, groups)}` : '';
}

function edgeText({ start, end, text, type = '' }: Edge, nameOf: (id: string) => string): string {
  const sign = type.startsWith('double') ? '↔' : type === 'arrow_open' ? '—' : '→';
  const label = oneLine(text);
  return `${nameOf(start)} ${sign} ${nameOf(end)}${label && `: ${label}`}`;
}
