/** A project's facts in a scratch folder: valid entries, and room for planted mistakes. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { formatProblem, loadFacts, type LoadedFacts } from '../../src/facts/index.ts';

export const SOURCE = `id: a-paper
title: A paper about starting things
short: A paper
year: 2020
url: https://example.org/paper
kind: paper
supports: Things take time to start.
`;

export const FIGURE = `- id: start.thing
  quantity: start of a thing
  value: 541
  low: 500
  high: 8500
  unit: ms
  interval: from the request until the thing runs
  conditions: one machine
  source: a-paper
  evidence: primary-data
  seen: true
`;

export const CLAIM = `id: things-are-fast
topic: two-cuts
sentence: Things start fast.
verdict: depends
answer: It depends on the thing.
sources: [a-paper]
figures: [start.thing]
scenarios:
  - name: containers
    playground: StackBuilder
    config: { start: { container: 4 } }
  - name: call
    playground: LayerTrace
    config: { program: read-file, stack: container }
    actions: end
expect:
  - { measure: containers.kernels, is: 1 }
  - { measure: call.vmExits, is: 0 }
  - measure: call.kernelsInvolved
    is: containers.kernels
`;

/** Writes the files into a scratch root, which is removed after the test. */
export function written(files: Readonly<Record<string, string>> = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'facts-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const all = { 'content/sources/a-paper.yaml': SOURCE, 'content/facts/start.yaml': FIGURE, 'content/claims/things-are-fast.yaml': CLAIM, ...files };
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

/** The facts in a scratch root with these files. */
export function loaded(files: Readonly<Record<string, string>> = {}): LoadedFacts {
  return loadFacts(written(files));
}

/** The problems of these files as an author reads them. */
export function complaints(files: Readonly<Record<string, string>>): readonly string[] {
  return loaded(files).problems.map(formatProblem);
}

/** One of the texts above with a part replaced; fails when the part is not there. */
export function changed(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`"${from}" is not in the text.`);
  return text.replace(from, to);
}
