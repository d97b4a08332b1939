/** Understands what a reader pastes: outputs of commands, commands, image names and free text. It knows how to read; what follows is for the checker. */
import type { ErrorLayer } from '../../decoder/layers.ts';
import type { Host, Workload } from '../facts.ts';
import type { Knowledge } from '../knowledge.ts';
import type { ToolInUse } from '../scene.ts';
import { compareVersions } from '../version.ts';
import { archOf } from './arch.ts';
import { commandOf, type Command } from './command.ts';
import { Draft, type Recognised } from './draft.ts';
import { factsOfImage, referenceOf, type Reference } from './image.ts';
import { labelled, linesOf, type Line } from './lines.ts';
import { manifest } from './manifest.ts';
import { kernelOf, READERS } from './outputs.ts';
import { guestImageIn, readWords } from './words.ts';

export type { Recognised } from './draft.ts';

export interface Recognition {
  /** What was said of the host, and what follows at once from the names in it. What was not said stays open. */
  readonly host: Host;
  readonly workload: Workload;
  /** Tools, in the order in which they were named. */
  readonly tools: readonly ToolInUse[];
  /** Layers that the text speaks of. */
  readonly mentions: readonly ErrorLayer[];
  /** True when an image or a command was named. */
  readonly hasWorkload: boolean;
  readonly recognised: readonly Recognised[];
  /** Lines of which nothing was understood, as they were pasted. */
  readonly notRecognised: readonly { readonly line: number; readonly text: string }[];
}

/** Reads a text. Never throws; takes time in proportion to its length. */
export function recognise(text: string, knowledge: Knowledge): Recognition {
  const lines = linesOf(text);
  const draft = new Draft();
  for (const reader of [...READERS, manifest]) reader.read(lines, draft, knowledge);
  const rest = lines.filter(({ number, text: line }) => !draft.lines.has(number) && line.trim() !== '');
  const state: State = { draft, knowledge, images: new Map() };
  // A log repeats itself; the first of equal lines has said it all.
  const seen = new Map<string, boolean>();
  for (const line of rest) {
    if (!seen.has(line.text)) readLine(line, state);
    else if (seen.get(line.text) === true) draft.understood(line.number);
    seen.set(line.text, draft.lines.has(line.number));
  }
  return {
    host: draft.host as Host,
    workload: draft.workload as Workload,
    tools: draft.tools.map((tool) => dated(tool, knowledge)),
    mentions: [...draft.mentions],
    hasWorkload: Object.keys(draft.workload).length > 0,
    recognised: draft.recognised.toSorted((a, b) => a.line - b.line),
    notRecognised: lines.filter(({ number, text: line }) => !draft.lines.has(number) && /[\p{L}\p{N}]/u.test(line)).map(({ number, text: line }) => ({ line: number, text: line })),
  };
}

interface State {
  readonly draft: Draft;
  readonly knowledge: Knowledge;
  /** Images that were looked up already: a log names the same ones again and again. */
  readonly images: Map<string, Workload>;
}

/** Labels of issue templates, by what stands behind them. */
const LABELS: readonly (readonly [RegExp, (value: string, line: Line, state: State) => boolean])[] = [
  [/^(?:image|container image|docker image|base image|from)$/, readImage],
  [/^(?:command|commands|cmd|run|steps?)$/, (value, line, state) => readCommand(value, line, state) || readWords({ text: withoutOptions(value), line: line.number }, state.draft, state.knowledge)],
  [/^(?:arch|architecture|cpu arch|cpu architecture|platform|processor|cpu|system type)$/, readProcessorLine],
  [/^(?:build|os build|windows build|build number)$/, readBuild],
  [/^(?:version|os version|macos version|windows version|release|distribution version)$/, readVersion],
  [/^(?:virtualization|virtualisation|hypervisor)$/, readVirtualization],
];

/** Labels behind which a machine is described, not a command typed. */
const DESCRIPTIONS = /^(?:os|host|host os|operating system|environment|tools?|docker|docker version|client|machine|device|model|system|hardware|notes?)$/;

/** Labels behind which tools are named. */
const TOOLS = /^(?:tools?|docker|docker version|client)$/;

function readLine(line: Line, state: State): void {
  const part = labelled(line.text);
  const handler = part && LABELS.find(([label]) => label.test(part.label))?.[1];
  if (part && handler && part.value !== '') {
    if (handler(part.value, line, state)) state.draft.understood(line.number);
    return;
  }
  const isDescription = part !== undefined && DESCRIPTIONS.test(part.label);
  const text = isDescription ? part.value : line.text;
  if (!isDescription && readCommand(text, line, state)) return;
  readFrom(text, line, state);
  const isTool = part !== undefined && TOOLS.test(part.label);
  const understood = readWords({ text, line: line.number, ...(isTool ? { isTool } : {}) }, state.draft, state.knowledge);
  if (!understood) readImage(text.trim(), line, state);
}

/** `FROM image` of a Dockerfile. */
function readFrom(text: string, line: Line, state: State): void {
  const match = /^\s*FROM\s+(?:--platform=(\S{3,40})\s+)?(\S{2,250})/.exec(text);
  if (match) readImage(match[2] as string, line, state);
}

function readImage(value: string, line: Line, state: State): boolean {
  const { draft } = state;
  const guest = guestImageIn(value);
  if (guest !== undefined) {
    draft.workloadFacts({ kind: 'vm', os: guest }, line.number, 'image');
    const arch = value.split(/[\s()/,]+/).map(archOf).find((one) => one !== undefined);
    draft.ofWorkload('arch', arch === undefined ? undefined : [arch], line.number, 'image');
    return true;
  }
  const reference = value.includes(' ') ? undefined : referenceOf(value);
  if (reference && (line.text.includes(':') || /[/:]/.test(value))) {
    setImage(reference, line, state);
    return true;
  }
  return readDescribedImage(value, line, state);
}

/** An image that is described instead of named: `Windows Server 2016 based app image`. */
function readDescribedImage(value: string, line: Line, state: State): boolean {
  const { draft, knowledge } = state;
  const server = /windows\s+server\s+(?:version\s+)?(20\d\d|\d{4}|20h2)/i.exec(value);
  const platform = knowledge.platforms.find(({ facts }) => facts.os === 'windows-server');
  const release = platform?.releases.find(({ version }) => version?.toLowerCase() === server?.[1]?.toLowerCase());
  if (server) draft.workloadFacts({ os: 'windows', arch: ['amd64'], ...(release?.facts.build === undefined ? {} : { build: release.facts.build }) }, line.number, 'image');
  const words = value.split(/[\s(),]+/);
  // The image on which another rests stands behind it: `name/image (alpine:3.13)`.
  const named = words.flatMap((word) => (/[/:]/.test(word) ? referenceOf(word) ?? [] : []));
  named.forEach((reference, i) => setImage(reference, line, state, i > 0));
  const [first] = named;
  if (/\bsystemd\b/i.test(value)) draft.add('wants', 'systemd', line.number, 'image');
  const based = /\b(ubuntu|debian|centos|alpine|fedora)[ :-]?(\d{1,2}(?:\.\d{1,2})?)?/i.exec(value);
  if (based) setImage({ repository: (based[1] as string).toLowerCase(), tag: based[2] }, line, state, first !== undefined);
  return Boolean(server ?? first ?? based);
}

/** What the name of an image tells. Of one on which another is built, it tells nothing of what is published, nor of what is started. */
function setImage(reference: Reference, line: Line, { draft, knowledge, images }: State, isBase = false): void {
  const name = `${reference.repository}:${reference.tag ?? ''}`;
  const found = images.get(name) ?? factsOfImage(reference, knowledge.images);
  images.set(name, found);
  const { wants, arch, ...facts } = found;
  draft.workloadFacts({ kind: 'image', ...facts, ...(arch === undefined || isBase ? {} : { arch }) }, line.number, 'image');
  if (isBase) return;
  for (const want of (wants as readonly string[] | undefined) ?? []) draft.add('wants', want, line.number, 'image');
}

/** The words of a command without the names of its options: `--no-vtx-check` says nothing about the machine, the value of `--driver` does. */
function withoutOptions(command: string): string {
  return command.slice(0, 4_000).replaceAll(/(^|\s)--?[A-Za-z][\w-]{0,60}/g, '$1');
}

function readCommand(value: string, line: Line, state: State): boolean {
  const parts = value.slice(0, 4_000).split(/&&|\|\||;|\n/).map(commandOf).filter((command) => command !== undefined);
  for (const command of parts) useCommand(command, line, state);
  return parts.length > 0;
}

/** Folders of Windows that a line names beside a Compose command; “not under C:\\Users” is any other. */
function foldersIn(text: string): readonly string[] {
  const match = /(\b(?:not|outside)\b[^\\:]{0,40})?\b([A-Za-z]:\\[^\s,;)"'<>|]{0,200})/.exec(text.slice(0, 4_000));
  if (!match) return [];
  return [match[1] === undefined ? (match[2] as string) : `${(match[2] as string).slice(0, 3)}elsewhere`];
}

function useCommand(command: Command, line: Line, state: State): void {
  const { draft } = state;
  const by = 'command';
  draft.understood(line.number);
  for (const id of command.tools) draft.tool({ id }, line.number, by);
  if (command.machine === true) draft.ofWorkload('kind', 'vm', line.number, by);
  if (command.image) setImage(command.image, line, state);
  if (command.platform) draft.add('wants', 'platform', line.number, by);
  if (command.platform) {
    draft.workload['arch'] = [command.platform.arch];
    draft.ofWorkload('os', command.platform.os, line.number, by);
  }
  draft.ofWorkload('arch', command.arch === undefined ? undefined : [command.arch], line.number, by);
  draft.ofWorkload('isolation', command.isolation, line.number, by);
  // Only an engine for Windows containers knows the option.
  if (/^(?:process|hyperv|default)$/.test(command.isolation ?? '')) draft.ofHost('containerMode', 'windows', line.number, by);
  draft.ofHost('vmm', command.vmm, line.number, by);
  for (const want of command.wants) draft.add('wants', want, line.number, by);
  if (command.wants.includes('compose')) for (const folder of foldersIn(line.text)) draft.add('mounts', folder, line.number, by);
  for (const mount of command.mounts) draft.add('mounts', mount, line.number, by);
}

function readProcessorLine(value: string, { number }: Line, { draft, knowledge }: State): boolean {
  const name = value.split(/[\s(),/]+/).find((word) => archOf(word) !== undefined) ?? '';
  // x86 alone is the family, of which the 64-bit member is usual.
  const arch = /^x86$/i.test(name) && !/\b32\b/.test(value) ? 'amd64' : archOf(name);
  draft.ofHost('arch', arch, number, 'free text');
  draft.ofHost('armVersion', /^arm(?:32)?v([67])/i.exec(name)?.[1], number, 'free text');
  const words = readWords({ text: value, line: number }, draft, knowledge);
  return arch !== undefined || words;
}

function readBuild(value: string, { number }: Line, { draft }: State): boolean {
  const build = /\b(?:10\.0\.)?(\d{4,5}(?:\.\d{1,6})?)\b/.exec(value)?.[1];
  if (build !== undefined && (draft.host['os'] === undefined || String(draft.host['os']).startsWith('windows'))) draft.ofHost('build', build, number, 'free text');
  return build !== undefined;
}

/** A version alone belongs to the system that was named before. */
function readVersion(value: string, { number }: Line, { draft, knowledge }: State): boolean {
  const isWindows = String(draft.host['os'] ?? '').startsWith('windows');
  const full = /\b10\.0\.(\d{5}(?:\.\d{1,6})?)\b/.exec(value)?.[1];
  if (isWindows && full !== undefined) draft.ofHost('build', full, number, 'free text');
  const words = readWords({ text: value, line: number }, draft, knowledge);
  const kernel = isWindows ? null : /^(?:linux\s+)?(\d\.\d{1,3}\.\d{1,4}-\S{1,60})/i.exec(value);
  if (kernel && draft.host['os'] === 'linux') draft.ofHost('kernel', kernelOf(kernel[1] as string), number, 'free text');
  if (kernel) return true;
  const version = /^\D{0,3}(\d{1,4}(?:\.\d{1,6}){0,3}|\d\d[Hh][12])\b/.exec(value)?.[1];
  if (version === undefined || full !== undefined) return words || full !== undefined;
  if (isWindows) {
    const platform = knowledge.platforms.find(({ facts }) => facts.os === draft.host['os']);
    const release = platform?.releases.find((one) => one.version?.toLowerCase() === version.toLowerCase());
    draft.hostFacts(release?.facts ?? {}, number, 'free text');
    if (release?.facts.version === undefined) draft.ofHost('version', version, number, 'free text');
  } else draft.ofHost('version', version, number, 'free text');
  return true;
}

/** What is said of virtualization itself: `off in BIOS`, `nesting off`, `no KVM`, `kern.hv_support missing`. */
function readVirtualization(value: string, { number }: Line, { draft, knowledge }: State): boolean {
  draft.mentions.add('hardware-virtualization');
  const words = readWords({ text: value, line: number }, draft, knowledge);
  if (/\bnest/i.test(value) && /\b(?:not|no|off|disabled|without|unavailable)\b/i.test(value)) draft.ofHost('nested', false, number, 'free text');
  if (/^\W{0,3}(?:off|disabled|no|none)\b/i.test(value)) draft.ofHost('firmwareVirtualization', false, number, 'free text');
  if (/^\W{0,3}(?:on|enabled|yes)\b/i.test(value)) draft.ofHost('firmwareVirtualization', true, number, 'free text');
  return words || /^\W{0,3}(?:on|off|yes|no|enabled|disabled|none)\b/i.test(value);
}

/** The tool with the month in which its version came out. */
function dated(tool: ToolInUse, { tools }: Knowledge): ToolInUse {
  const { version } = tool;
  if (version === undefined) return tool;
  const releases = tools.find(({ id }) => id === tool.id)?.releases ?? [];
  const before = releases.filter((release) => sameScheme(release.version, version) && compareVersions(release.version, version) <= 0);
  const last = before.toSorted((a, b) => compareVersions(a.version, b.version)).at(-1);
  return last ? { ...tool, from: last.from } : tool;
}

/** Docker numbered by year and month between 17.03 and 20.10; its other numbers must not be compared with those. */
function sameScheme(a: string, b: string): boolean {
  const isYear = (version: string): boolean => /^(?:1[7-9]|20)\.\d\d/.test(version);
  return isYear(a) === isYear(b);
}
