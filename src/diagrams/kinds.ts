/** The kinds of diagrams that this site draws: the first word of the source, Mermaid's name, how it is put into words. */
import type { PictureOptions } from './svg/emit.ts';
import { blockWords } from './words/block.ts';
import { classWords } from './words/class.ts';
import { flowchartWords } from './words/flowchart.ts';
import type { Words } from './words/lists.ts';
import { sequenceWords } from './words/sequence.ts';
import { stateWords } from './words/state.ts';

export interface Kind {
  /** The first line of the source. */
  readonly keyword: RegExp;
  /** What authors call it, for messages. */
  readonly name: string;
  readonly nodeLabels: PictureOptions['nodeLabels'];
  readonly crop: boolean;
  readonly wordsOf: (database: unknown) => Words;
  /** The page of Mermaid's documentation about its syntax. */
  readonly page: string;
  /** Whether Mermaid's grammar knows `accTitle` and `accDescr`. Where it does not, they are read here. */
  readonly knowsTitles: boolean;
}

/** Other kinds keep colors of their own, need a browser, or say with ornament what a list says better. */
export const KINDS: readonly Kind[] = [
  {
    keyword: /^(?:flowchart|graph)\b(?!-)/,
    name: 'flowchart',
    page: 'flowchart',
    nodeLabels: 'middle',
    crop: false,
    wordsOf: flowchartWords,
    knowsTitles: true,
  },
  {
    keyword: /^sequenceDiagram\b/,
    name: 'sequenceDiagram',
    page: 'sequenceDiagram',
    nodeLabels: 'start',
    crop: true,
    wordsOf: sequenceWords,
    knowsTitles: true,
  },
  {
    keyword: /^stateDiagram-v2\b/,
    name: 'stateDiagram-v2',
    page: 'stateDiagram',
    nodeLabels: 'recenter',
    crop: false,
    wordsOf: stateWords,
    knowsTitles: true,
  },
  {
    keyword: /^block(?:-beta)?(?![\w-])/,
    name: 'block',
    page: 'block',
    nodeLabels: 'middle',
    crop: false,
    wordsOf: blockWords,
    knowsTitles: false,
  },
  {
    keyword: /^classDiagram(?:-v2)?(?![\w-])/,
    name: 'classDiagram',
    page: 'classDiagram',
    nodeLabels: 'start',
    crop: false,
    wordsOf: classWords,
    knowsTitles: true,
  },
];
