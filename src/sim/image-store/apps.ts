/**
 * The app of the scenes: the files of its build context and the Dockerfiles that pack them. Its sizes are chosen, not measured;
 * every Dockerfile is a short list of instructions whose effect on files is written down beside them.
 */
import { digestOf } from './digest.ts';
import type { File } from './overlay.ts';

export const MB = 1_000_000;
export const GB = 1000 * MB;

/** What gzip leaves of programs and packages, in percent: as of the image python-slim in content/images, 43.49 of 119.66 MB. */
export const PACKAGES_PERCENT = 36;
/** Weights of a model and a database are taken to be incompressible. */
const NOTHING_TO_GAIN = 100;

interface ContextFile {
  readonly bytes: number;
  readonly percent: number;
}

/** Files of the build context, by name. */
export const CONTEXT: Readonly<Record<string, ContextFile>> = {
  'requirements.txt': { bytes: 1200, percent: PACKAGES_PERCENT },
  'app.py': { bytes: 24_000, percent: PACKAGES_PERCENT },
  'model.bin': { bytes: GB, percent: NOTHING_TO_GAIN },
  'rows.db': { bytes: 100 * MB, percent: NOTHING_TO_GAIN },
};

/** Where the app keeps what it changes while it runs. */
export const PATHS = {
  code: '/srv/app.py',
  requirements: '/srv/requirements.txt',
  model: '/srv/model.bin',
  packages: '/srv/packages',
  rows: '/data/rows.db',
  log: '/var/log/app.log',
  python: '/usr/local',
} as const;

export const PACKAGES_BYTES = 150 * MB;

/** A file of the context after so many edits. An edit changes the content and not the size. */
export function contextFile(name: string, edits: number): File {
  const { bytes, percent } = CONTEXT[name] as ContextFile;
  return { kind: 'file', bytes, compressedBytes: Math.ceil((bytes * percent) / 100), content: digestOf([name, edits]) };
}

export type Instruction =
  | { readonly do: 'FROM'; readonly image: string }
  /** Files of the context, each with the path that it gets. `mode` stands for the option --chmod. */
  | { readonly do: 'COPY'; readonly files: Readonly<Record<string, string>>; readonly mode?: string }
  /** A command, and what it does to files: `install` adds the packages that a file lists. */
  | { readonly do: 'RUN'; readonly command: string; readonly changes: readonly RunChange[] };

export type RunChange = { readonly do: 'install'; readonly path: string; readonly listed: string } | { readonly do: 'fetch'; readonly path: string } | { readonly do: 'chmod' | 'delete'; readonly path: string };

export interface Dockerfile {
  readonly name: string;
  readonly instructions: readonly Instruction[];
}

export const BASE = 'python:3.14.7-slim-trixie';

const FROM: Instruction = { do: 'FROM', image: BASE };
const COPY_LIST: Instruction = { do: 'COPY', files: { 'requirements.txt': PATHS.requirements } };
const COPY_MODEL: Instruction = { do: 'COPY', files: { 'model.bin': PATHS.model } };
const COPY_ROWS: Instruction = { do: 'COPY', files: { 'rows.db': PATHS.rows } };
const COPY_CODE: Instruction = { do: 'COPY', files: { 'app.py': PATHS.code } };
const INSTALL: Instruction = { do: 'RUN', command: `pip install --target ${PATHS.packages} -r ${PATHS.requirements}`, changes: [{ do: 'install', path: PATHS.packages, listed: PATHS.requirements }] };

/** What a build reads, by id. The first two hold the same files in another order. */
export const DOCKERFILES: Readonly<Record<string, Dockerfile>> = {
  'code-last': { name: 'What changes most comes last', instructions: [FROM, COPY_LIST, INSTALL, COPY_MODEL, COPY_CODE] },
  'code-first': { name: 'Everything copied first', instructions: [FROM, { do: 'COPY', files: { 'requirements.txt': PATHS.requirements, 'app.py': PATHS.code, 'model.bin': PATHS.model } }, INSTALL] },
  'delete-later': { name: 'Deleted in a later instruction', instructions: [FROM, COPY_MODEL, { do: 'RUN', command: `use ${PATHS.model} && rm ${PATHS.model}`, changes: [{ do: 'delete', path: PATHS.model }] }] },
  'delete-at-once': { name: 'Deleted in the same instruction', instructions: [FROM, { do: 'RUN', command: `fetch ${PATHS.model} && use ${PATHS.model} && rm ${PATHS.model}`, changes: [{ do: 'fetch', path: PATHS.model }, { do: 'delete', path: PATHS.model }] }] },
  'chmod-later': { name: 'Mode changed in a later instruction', instructions: [FROM, COPY_MODEL, { do: 'RUN', command: `chmod 444 ${PATHS.model}`, changes: [{ do: 'chmod', path: PATHS.model }] }] },
  'chmod-in-copy': { name: 'Mode given as it is copied', instructions: [FROM, { do: 'COPY', files: { 'model.bin': PATHS.model }, mode: '444' }] },
  'with-data': { name: 'With a database in the image', instructions: [FROM, COPY_ROWS, COPY_CODE] },
};

/** The tag that every build of a Dockerfile gets: one name for the app, which moves from build to build. */
export const APP_TAG = 'app:latest';
export const COMMIT_TAG = 'saved:latest';

/** What a virtual machine's disk holds on top of its system: what the image of `code-last` holds on top of its own, Python included. */
export const vmFiles = (pythonBytes: number): readonly (readonly [path: string, bytes: number])[] => [
  [PATHS.python, pythonBytes],
  [PATHS.requirements, (CONTEXT['requirements.txt'] as ContextFile).bytes],
  [PATHS.packages, PACKAGES_BYTES],
  [PATHS.model, (CONTEXT['model.bin'] as ContextFile).bytes],
  [PATHS.code, (CONTEXT['app.py'] as ContextFile).bytes],
];

/** An instruction as it stands in the Dockerfile. */
export function textOf(instruction: Instruction): string {
  if (instruction.do === 'FROM') return `FROM ${instruction.image}`;
  if (instruction.do === 'RUN') return `RUN ${instruction.command}`;
  const files = Object.entries(instruction.files).map(([name, path]) => `${name} ${path}`);
  return `COPY ${instruction.mode ? `--chmod=${instruction.mode} ` : ''}${files.length === 1 ? files[0] : `${Object.keys(instruction.files).join(' ')} /srv/`}`;
}
