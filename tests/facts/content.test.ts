/** The site's own facts: they fit, everything cited exists, and nothing lies about unused. */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { catalog } from '../../components/catalog.ts';
import { facts, figureCards, figuresFor, formatProblem, loadFacts } from '../../src/facts/index.ts';
import { known } from '../../src/known/index.ts';

const loaded = loadFacts();
const texts = globSync('{components,content/{lessons,glossary,errors,mechanisms,platforms,compat-rules,machines,history,overheads},src}/**/*.{ts,tsx,astro,mdx,md,yaml}').map((file) => readFileSync(file, 'utf8'));
const isNamed = (id: string) => texts.some((text) => new RegExp(`['"[\\s,]${id}['"\\],\\n]`).test(text));

describe('the register', () => {
  test('has no mistakes', () => {
    expect(loaded.problems.map(formatProblem)).toEqual([]);
    expect(facts().figures.size).toBe(loaded.figures.size);
  });

  test('is large enough to be the real one', () => {
    expect(loaded.figures.size).toBeGreaterThan(250);
    expect(loaded.sources.size).toBeGreaterThan(60);
  });

  test('answers the six claims that the project began with', () => {
    const verdicts = Object.fromEntries([...loaded.claims.values()].map(({ id, verdict }) => [id, verdict]));
    expect(verdicts).toMatchObject({
      'os-has-two-layers': 'misleading',
      'docker-virtualizes-application-layer': 'misleading',
      'images-implement-a-single-layer': 'false',
      'containers-start-faster': 'depends',
      'any-vm-on-any-host': 'depends',
      'toolbox-abstracts-the-kernel': 'false',
    });
  });

  test('keeps no source on which nothing relies', () => {
    const relied = new Set([...[...loaded.figures.values()].map(({ source }) => source), ...[...loaded.claims.values()].flatMap(({ sources }) => sources)]);
    expect([...loaded.sources.keys()].filter((id) => !relied.has(id) && !isNamed(id))).toEqual([]);
  });

  test('writes for readers: no placeholder, no reference to a private note', () => {
    const written = [...loaded.figures.values(), ...loaded.sources.values(), ...loaded.claims.values()].map((entry) => JSON.stringify(entry));
    expect(written.length).toBeGreaterThan(300);
    expect(written.filter((text) => /file index|stored|from memory|our memory|confirm before/i.test(text) || /\b(?:TODO|TBD|CONFLICT)\b/.test(text))).toEqual([]);
  });
});

describe('a playground', () => {
  test.each(Object.values(catalog).map((playground) => [playground.name, playground] as const))('%s finds every figure that it computes with', (_, { figures }) => {
    expect(Object.keys(figuresFor(figures))).toEqual([...new Set(figures)]);
    expect(figureCards(figures).map(({ id }) => id)).toEqual(figures);
  });

  test.each(Object.values(catalog).map((playground) => [playground.name, playground] as const))('%s gives reasons that cite only what exists', (_, playground) => {
    const model = playground.model(figuresFor(playground.figures), known());
    let state = model.init(model.defaults, 1);
    let reasons = 0;
    for (let steps = 0; steps < 60 && !model.isDone(state) && model.legal(state).length > 0; steps += 1) {
      // A different action each time, so that a model with choices shows more than one kind of fact.
      const legal = model.legal(state);
      const step = model.step(state, legal[(steps * 7) % legal.length]);
      state = step.state;
      for (const fact of step.facts) {
        for (const { figures = [], sources = [] } of model.why(state, fact)) {
          reasons += 1;
          expect(figures.filter((id: string) => !loaded.figures.has(id))).toEqual([]);
          expect(sources.filter((id: string) => !loaded.sources.has(id))).toEqual([]);
        }
      }
    }
    expect(reasons).toBeGreaterThan(0);
  });
});

describe('figures for models and islands', () => {
  test('have both ends of a range, equal to the value where none is known', () => {
    expect(figuresFor(['img.nginx.disk', 'start.vm.ubuntu.cloud', 'start.fc.spec'])).toEqual({
      'img.nginx.disk': { id: 'img.nginx.disk', value: 161.33, low: 161.33, high: 161.33, unit: 'MB' },
      'start.vm.ubuntu.cloud': { id: 'start.vm.ubuntu.cloud', value: 8, low: 7, high: 9, unit: 's' },
      'start.fc.spec': { id: 'start.fc.spec', value: 125, low: 125, high: 125, unit: 'ms' },
    });
  });

  test('carry their source at hand', () => {
    expect(figureCards(['start.docker.cadden'])).toEqual([{
      id: 'start.docker.cadden',
      quantity: 'creation and start of a container with Docker',
      text: '541\u00a0ms (541–8,500)',
      interval: expect.stringContaining('until the container runs'),
      conditions: expect.stringContaining('kernel 4.15'),
      evidence: 'secondary-note',
      sourceId: 'cadden-2020',
      sourceTitle: expect.stringContaining('SEUSS'),
      sourceYear: 2020,
    }]);
  });

  test('are refused with the nearest name when there is no such figure', () => {
    expect(() => figuresFor(['start.docker.caden'])).toThrow('There is no figure "start.docker.caden". Is "start.docker.cadden" meant?');
  });

  test('are refused when they are versions', () => {
    expect(() => figuresFor(['rule.docker.kernel'])).toThrow('The figure "rule.docker.kernel" is a version: a model cannot compute with it.');
  });
});
