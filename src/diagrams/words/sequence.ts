/** Sequence diagrams in words. It reads Mermaid's sequence database and nothing else. */
import { oneLine } from '../text.ts';
import type { WordItem, Words } from './lists.ts';

interface SequenceDb {
  getActors(): ReadonlyMap<string, { readonly description: string; readonly box?: { readonly name?: string } }>;
  getActorKeys(): readonly string[];
  getMessages(): readonly Message[];
  readonly LINETYPE: Readonly<Record<string, number>>;
}

interface Message {
  readonly from?: string;
  readonly to?: string;
  readonly message?: unknown;
  readonly type?: number;
}

interface Block {
  readonly text: string;
  readonly items: WordItem[];
}

/** What a block is called, by the start of the name of its line type in Mermaid. */
const BLOCKS: Readonly<Record<string, string>> = {
  LOOP: 'Repeated',
  ALT: 'Either',
  OPT: 'Only if',
  PAR: 'At the same time',
  PAR_OVER: 'At the same time',
  CRITICAL: 'Must succeed',
  BREAK: 'Stops here if',
};

/** Lines that continue a block with its next branch. */
const BRANCHES: Readonly<Record<string, string>> = { ALT_ELSE: 'Or', PAR_AND: 'And', CRITICAL_OPTION: 'If it fails' };

/** Participants, then messages and notes in order, nested as their blocks are. */
export function sequenceWords(database: unknown): Words {
  const db = database as SequenceDb;
  const nameOf = (id = ''): string => oneLine(db.getActors().get(id)?.description ?? id);
  const participants = db.getActorKeys().map((id) => {
    const group = db.getActors().get(id)?.box?.name;
    return { text: `${nameOf(id)}${group ? `, in ${oneLine(group)}` : ''}` };
  });
  return {
    sections: [
      { heading: 'Participants', ordered: false, items: participants },
      { heading: 'Steps', ordered: true, items: stepsOf(db, nameOf) },
    ],
    classed: [],
  };
}

function stepsOf(db: SequenceDb, nameOf: (id?: string) => string): readonly WordItem[] {
  const types = new Map(Object.entries(db.LINETYPE).map(([name, number]) => [number, name]));
  const open: Block[] = [{ text: '', items: [] }];
  for (const message of db.getMessages()) {
    const type = types.get(message.type ?? -1) ?? '';
    const block = blockOf(type, message);
    if (type in BRANCHES || (type.endsWith('_END') && type !== 'ACTIVE_END')) close(open);
    if (block) open.push(block);
    else if (message.from !== undefined && message.to !== undefined) open.at(-1)?.items.push({ text: stepText(message, type, nameOf) });
  }
  return open[0]?.items ?? [];
}

function close(open: Block[]): void {
  const block = open.pop();
  if (block) open.at(-1)?.items.push(block);
}

function blockOf(type: string, { message }: Message): Block | null {
  const word = BRANCHES[type] ?? (type.endsWith('_START') ? BLOCKS[type.slice(0, -'_START'.length)] : undefined);
  if (!word) return null;
  const condition = oneLine(String(message ?? ''));
  return { text: condition ? `${word}: ${condition}` : word, items: [] };
}

function stepText({ from, to, message }: Message, type: string, nameOf: (id?: string) => string): string {
  const text = oneLine(String(message ?? ''));
  if (type === 'NOTE') return `Note at ${[...new Set([nameOf(from), nameOf(to)])].join(' and ')}: ${text}`;
  const sign = type.startsWith('BIDIRECTIONAL') ? '↔' : '→';
  const lost = type.endsWith('_CROSS') ? ' (lost)' : '';
  return `${nameOf(from)} ${sign} ${nameOf(to)}${text && `: ${text}`}${lost}`;
}
