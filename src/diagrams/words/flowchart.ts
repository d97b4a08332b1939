/** Flowcharts in words. It reads Mermaid's flowchart database and nothing else. */
import { oneLine } from '../text.ts';
import { layerNote } from './layer-note.ts';
import type { WordItem, Words } from './lists.ts';

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
  const names = new Map<string, string>();
  for (const part of parts) names.set(part.id, labelOf(part));
  for (const group of groups.values()) names.set(group.id, oneLine(group.title));
  const nameOf = (id: string): string => names.get(id) ?? id;
  const edges = db.getEdges().filter(({ stroke }) => stroke !== 'invisible');
  return {
    sections: [
      { heading: 'Parts', ordered: false, items: parts.map((part) => itemOf(part, nameOf, groups)) },
      { heading: 'Groups', ordered: false, items: [...groups.values()].map((group) => itemOf(group, nameOf, groups)) },
      { heading: 'Arrows', ordered: false, items: edges.map((edge) => ({ text: edgeText(edge, nameOf) })) },
    ],
    classed: [...parts, ...groups.values()].map(({ id, classes }) => ({ label: nameOf(id), classes })),
  };
}

/** Markdown labels are written in backticks; their emphasis marks are not for reading. */
function labelOf({ id, text, labelType }: Vertex): string {
  const label = oneLine(text ?? id);
  return labelType === 'markdown' ? label.replace(/\*\*?|__?/g, '') : label;
}

function itemOf({ id, classes }: Vertex | Group, nameOf: (id: string) => string, groups: ReadonlyMap<string, Group>): WordItem {
  return { text: `${nameOf(id)}${layerNote(classes)}${placeNote(id, groups)}` };
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
