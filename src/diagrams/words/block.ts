/** Block diagrams in words. It reads Mermaid's block database and nothing else. */
import { oneLine } from '../text.ts';
import { layerNote } from './layer-note.ts';
import type { WordItem, Words } from './lists.ts';

interface BlockDb {
  getBlocks(): readonly Block[];
  getBlocksFlat(): readonly Block[];
  getEdges(): readonly Block[];
}

interface Block {
  readonly id: string;
  readonly label?: string;
  readonly type?: string;
  readonly children?: readonly Block[];
  readonly classes?: readonly string[];
  readonly start?: string;
  readonly end?: string;
  readonly arrowTypeStart?: string;
  readonly arrowTypeEnd?: string;
}

/** Blocks as they are nested, row by row, then the arrows between them. */
export function blockWords(database: unknown): Words {
  const db = database as BlockDb;
  const names = new Map(db.getBlocksFlat().map((block) => [block.id, nameOf(block)]));
  const drawn = db.getBlocksFlat().filter(({ type, id }) => type !== 'space' && type !== 'edge' && id !== 'root');
  return {
    sections: [
      { heading: 'Blocks', ordered: false, items: db.getBlocks().flatMap(itemsOf) },
      { heading: 'Arrows', ordered: false, items: db.getEdges().map((edge) => ({ text: edgeText(edge, (id) => names.get(id) ?? id) })) },
    ],
    classed: drawn.map((block) => ({ label: nameOf(block), classes: authorClasses(block) })),
  };
}

function nameOf({ id, label, type }: Block): string {
  const own = oneLine(label ?? '');
  return own || (type === 'composite' ? 'Group' : id);
}

function authorClasses({ classes = [] }: Block): string[] {
  return classes.filter((name) => name !== 'default');
}

function itemsOf(block: Block): WordItem[] {
  if (block.type === 'space' || block.type === 'edge') return [];
  return [{ text: `${nameOf(block)}${layerNote(authorClasses(block))}`, items: (block.children ?? []).flatMap(itemsOf) }];
}

function edgeText({ start = '', end = '', label = '', arrowTypeStart, arrowTypeEnd }: Block, name: (id: string) => string): string {
  const [back, forth] = [hasHead(arrowTypeStart), hasHead(arrowTypeEnd)];
  const sign = back && forth ? '↔' : back ? '←' : forth ? '→' : '—';
  const text = oneLine(label);
  return `${name(start)} ${sign} ${name(end)}${text && `: ${text}`}`;
}

function hasHead(type: string | undefined): boolean {
  return type !== undefined && type !== '' && type !== 'arrow_open';
}
