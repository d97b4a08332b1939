/**
 * Mermaid on a stage without a browser: a DOM that can be measured, and a configuration that a diagram cannot change.
 * It knows how to load, parse and draw; it refuses to know what becomes of the picture.
 *
 * Loading sets `window`, `document` and their like on the global object, because Mermaid reads them there. It therefore
 * belongs in a worker thread (worker.ts) or a test file, never in the thread that builds the site.
 */
import { JSDOM } from 'jsdom';
import type { Fonts } from './svg/fonts.ts';
import { keepGroupOrder, keepSiblingOrder, type LayoutDb } from './order.ts';
import { SOLID } from './svg/emit.ts';
import { createMeasurer, type Measurer } from './svg/measure.ts';
import { FONT_SIZE } from './svg/text-layout.ts';

/** Mermaid's parsed diagram: its kind, its database and what draws it. */
export interface ParsedDiagram {
  readonly type: string;
  readonly db: unknown;
  render(id: string, version: string): Promise<void>;
}

export interface Stage {
  readonly measurer: Measurer;
  /** Throws Mermaid's own error when the source is not a diagram. */
  parse(source: string): Promise<ParsedDiagram>;
  /** Draws, hands the live `svg` element to `use`, and clears the stage. */
  draw<T>(diagram: ParsedDiagram, use: (svg: Element) => T): Promise<T>;
}

const AREA = '#fefefe';

/** The id of the picture on the stage; no output carries it. */
const STAGE_ID = 'stage';

/** What Mermaid and DOMPurify look for on the global object. */
const GLOBALS = [
  'document', 'Element', 'Node', 'HTMLElement', 'SVGElement', 'DOMParser', 'NodeFilter', 'Text',
  'HTMLFormElement', 'DocumentFragment', 'HTMLTemplateElement', 'NamedNodeMap',
] as const;

/** The sections of Mermaid's configuration that are read here; it copies the whole of it for every setting that it looks up. */
const SECTIONS: ReadonlySet<string> = new Set(['flowchart', 'sequence', 'state', 'class', 'block', 'elk', 'secure']);

/** Colors are for diagram.css. These tell solid marks from areas, and a shape without any fill would not be drawn as an area. */
const THEME: Readonly<Record<string, string>> = {
  lineColor: SOLID,
  nodeBorder: SOLID,
  stateBorder: SOLID,
  clusterBorder: SOLID,
  noteBorderColor: SOLID,
  transitionColor: SOLID,
  mainBkg: AREA,
  clusterBkg: AREA,
  altBackground: AREA,
  background: AREA,
  noteBkgColor: AREA,
};

const CONFIG = {
  startOnLoad: false,
  suppressErrorRendering: true,
  logLevel: 'fatal',
  securityLevel: 'strict',
  htmlLabels: false,
  theme: 'base',
  look: 'classic',
  layout: 'elk',
  fontSize: FONT_SIZE,
  handDrawnSeed: 1,
  deterministicIds: true,
  // Directives and front matter are refused (source.ts) and never reach the configuration; these would hold if they did.
  secure: [
    'secure', 'securityLevel', 'startOnLoad', 'maxTextSize', 'maxEdges', 'suppressErrorRendering', 'htmlLabels', 'fontFamily', 'fontSize',
    'theme', 'themeVariables', 'themeCSS', 'look', 'layout', 'handDrawnSeed', 'dompurifyConfig', 'deterministicIds', 'deterministicIDSeed',
  ],
  flowchart: { wrappingWidth: 200, minNodeWidth: 56, nodeSpacing: 36, rankSpacing: 40, subGraphTitleMargin: { top: 4, bottom: 0 } },
  state: { minNodeWidth: 56 },
  sequence: {
    mirrorActors: false, width: 120, height: 48, actorMargin: 40, diagramMarginX: 8, diagramMarginY: 8,
    messageFontSize: FONT_SIZE, noteFontSize: FONT_SIZE, actorFontSize: FONT_SIZE,
  },
} as const;

interface MermaidApi {
  getDiagramFromText(text: string): Promise<ParsedDiagram>;
  updateSiteConfig(config: object): Record<string, unknown>;
  reset(): void;
}

/** Sets the stage up once per thread: jsdom with measuring, then Mermaid, which looks for its globals while it loads. */
export async function openStage(fonts: Fonts): Promise<Stage> {
  const { window } = new JSDOM('<!doctype html><body></body>', { pretendToBeVisual: true });
  const measurer = createMeasurer(fonts);
  Object.assign(window.Element.prototype, measuringMethods(measurer));
  Object.assign(globalThis, { window }, Object.fromEntries(GLOBALS.map((name) => [name, window[name]])));
  const { default: mermaid } = await import('mermaid');
  keepSiblingOrder();
  mermaid.initialize(CONFIG as unknown as Parameters<typeof mermaid.initialize>[0]);
  const api = mermaid.mermaidAPI as unknown as MermaidApi;
  trim(api.updateSiteConfig({}));
  return {
    measurer,
    parse: (source) => parse(api, source),
    draw: (diagram, use) => draw(window.document, diagram, use),
  };
}

function measuringMethods(measurer: Measurer): Record<string, (this: Element) => unknown> {
  const names = ['getBBox', 'getBoundingClientRect', 'getComputedTextLength', 'getTotalLength'] as const;
  return Object.fromEntries(names.map((name) => [name, function (this: Element) { return measurer[name](this); }]));
}

/** Drops from the live site configuration what no kind here reads. Saves a third of the time of a diagram. */
function trim(site: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(site)) if (typeof value === 'object' && !SECTIONS.has(name)) Reflect.deleteProperty(site, name);
  site['themeVariables'] = THEME;
}

async function parse(api: MermaidApi, source: string): Promise<ParsedDiagram> {
  api.reset();
  Math.random = seeded();
  const diagram = await api.getDiagramFromText(source);
  keepGroupOrder(diagram.db as LayoutDb);
  return diagram;
}

async function draw<T>(document: Document, diagram: ParsedDiagram, use: (svg: Element) => T): Promise<T> {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.id = STAGE_ID;
  svg.append(document.createElementNS('http://www.w3.org/2000/svg', 'g'));
  const frame = document.createElement('div');
  frame.id = `d${STAGE_ID}`;
  frame.append(svg);
  document.body.replaceChildren(frame);
  try {
    await diagram.render(STAGE_ID, '');
    return use(svg);
  } finally {
    document.body.replaceChildren();
  }
}

/** Mulberry32 from a fixed seed: the few random ids and strokes of Mermaid's come out the same every time. */
function seeded(): () => number {
  let state = 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
