/** What every playground in the catalog keeps, tested for its author for nothing: rules, replay, words, links. */
import { existsSync, globSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { catalog } from '../components/catalog.ts';
import type { AnyPlayground } from '../components/kit/playground.ts';
import { figuresFor } from '../src/facts/index.ts';
import { known } from '../src/known/index.ts';
import { replay, SimError, type FactBase, type Model, type Recipe } from '../src/sim/index.ts';

type AnyModel = Model<unknown, unknown, unknown, FactBase>;
type AnyRecipe = Recipe<unknown, unknown>;

const ROOT = resolve(import.meta.dirname, '..');
const LONG_WALK = 400;

/** What was met on a walk through a model: each state with the facts of the step that led to it. */
interface Walk {
  readonly recipe: AnyRecipe;
  readonly visited: readonly { readonly state: unknown; readonly facts: readonly FactBase[] }[];
}

/**
 * Plays a recipe and then legal actions, one for each number in `picks`. Everything is frozen before the model gets it, so
 * that a model that changes its arguments fails with a TypeError.
 */
function walk(model: AnyModel, start: AnyRecipe, picks: readonly number[]): Walk {
  const recipe = deepFreeze(start);
  let state = deepFreeze(model.init(recipe.config, recipe.seed));
  const visited: { state: unknown; facts: readonly FactBase[] }[] = [{ state, facts: [] }];
  const actions: unknown[] = [];
  const take = (action: unknown) => {
    const step = deepFreeze(model.step(state, deepFreeze(action)));
    state = step.state;
    actions.push(action);
    visited.push(step);
  };
  recipe.actions.forEach(take);
  for (const pick of picks) {
    const legal = model.legal(state);
    if (legal.length === 0) break;
    take(legal[pick % legal.length]);
  }
  return { recipe: { ...recipe, actions }, visited };
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}

/** Values of a JSON schema, as far as props of playgrounds go. Throws for a kind that it does not know, so that none goes untested. */
function arbitraryOf(schema: z.core.JSONSchema.BaseSchema): fc.Arbitrary<unknown> {
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((option) => arbitraryOf(option as z.core.JSONSchema.BaseSchema)));
  if (schema.type === 'boolean') return fc.boolean();
  if (schema.type === 'integer') return fc.integer({ min: schema.minimum ?? 0, max: Math.min(schema.maximum ?? 1000, 2 ** 31) });
  if (schema.type === 'number') return fc.double({ min: schema.minimum ?? 0, max: schema.maximum ?? 1000, noNaN: true });
  if (schema.type === 'string') return fc.string({ minLength: 1, maxLength: 40 });
  if (schema.type === 'array') return fc.array(arbitraryOf((schema.items ?? {}) as z.core.JSONSchema.BaseSchema), { maxLength: 4 });
  if (schema.type === 'object') return arbitraryObject(schema);
  throw new Error(`A prop of the kind ${JSON.stringify(schema)} is not known to tests/catalog.test.ts: add it to arbitraryOf.`);
}

function arbitraryObject(schema: z.core.JSONSchema.BaseSchema): fc.Arbitrary<object> {
  const properties = Object.entries(schema.properties ?? {}).map(([name, value]) => [name, arbitraryOf(value as z.core.JSONSchema.BaseSchema)] as const);
  const requiredKeys = schema.required ?? [];
  return fc.record(Object.fromEntries(properties), { requiredKeys: requiredKeys as never[] });
}

/** Runs that an author's props can ask for. Props that fit one by one but not together are refused by the model, and left out. */
function recipesOf(playground: AnyPlayground, model: AnyModel): fc.Arbitrary<AnyRecipe> {
  const schema = z.toJSONSchema(playground.props, { io: 'input' }) as z.core.JSONSchema.BaseSchema;
  return arbitraryObject(schema).map((props) => recipeFor(playground, model, props)).filter((recipe) => recipe !== null);
}

function recipeFor(playground: AnyPlayground, model: AnyModel, props: object): AnyRecipe | null {
  const parsed = playground.props.safeParse(props);
  if (!parsed.success) return null;
  try {
    const recipe = playground.recipe(parsed.data) as AnyRecipe;
    replay(model, recipe);
    return recipe;
  } catch (error) {
    if (error instanceof SimError) return null;
    throw error;
  }
}

const picksOf = (most: number) => fc.array(fc.nat(1000), { maxLength: most });
const kebab = (name: string) => name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase();

/** Texts that a damaged or malicious link may carry: noise, near misses of a good text, and classics. */
function hostileTexts(good: string): fc.Arbitrary<string> {
  const nearMiss = fc.tuple(fc.nat(Math.max(good.length - 1, 0)), fc.string({ unit: 'binary', maxLength: 3 }), fc.nat(3)).map(([at, insert, cut]) => good.slice(0, at) + insert + good.slice(at + cut));
  const wordsSwapped = fc.constantFrom('__proto__', 'constructor', 'toString', '-1', '1e9', '999999999999', '', '\u0000', '%00', '../..', '<script>', '🐳').map((word) => good.replace(/[a-z0-9]+/gi, word));
  return fc.oneof(fc.string({ unit: 'binary', maxLength: 400 }), fc.string({ unit: fc.constantFrom(...'~.*-_0159aAzZ'), maxLength: 200 }), nearMiss, wordsSwapped);
}

describe.each(Object.entries(catalog))('%s', (name, playground) => {
  const figures = figuresFor(playground.figures);
  const model = playground.model(figures, known()) as AnyModel;
  const defaults = playground.recipe(playground.props.parse({ caption: 'Press a button.' })) as AnyRecipe;
  const recipes = recipesOf(playground, model);

  test('has one name in the catalog, the folder and the files', () => {
    expect(playground.name).toBe(name);
    for (const file of [`${name}.astro`, `${name}.tsx`, 'README.md']) expect({ file, exists: existsSync(resolve(ROOT, 'components', kebab(name), file)) }).toEqual({ file, exists: true });
  });

  test('asks a question', () => {
    expect(playground.question).toMatch(/^[A-Z].*\?$/);
  });

  test('starts paused on a first frame that says something and leaves something to do', () => {
    const { state } = replay(model, defaults);
    expect(model.describe(state)).not.toBe('');
    expect(model.legal(state)).not.toEqual([]);
  });

  test('keeps its invariants on every legal walk, changes nothing that it was given, and never gets stuck', () => {
    expect(Object.keys(model.invariants)).not.toEqual([]);
    fc.assert(fc.property(recipes, picksOf(40), (recipe, picks) => {
      for (const { state } of walk(model, recipe, picks).visited) {
        const broken = Object.entries(model.invariants).filter(([, holds]) => !holds(state)).map(([rule]) => rule);
        expect(broken).toEqual([]);
        if (model.legal(state).length === 0) expect(model.isDone(state)).toBe(true);
      }
    }), { numRuns: 60 });
  });

  test('ends, or goes on without growing', () => {
    fc.assert(fc.property(recipes, fc.array(fc.nat(1000), { minLength: LONG_WALK, maxLength: LONG_WALK }), (recipe, picks) => {
      const { visited } = walk(model, recipe, picks);
      const last = visited.at(-1)?.state;
      if (!model.isDone(last)) expect(JSON.stringify(last).length).toBeLessThan(200_000);
    }), { numRuns: 5 });
    // Two thousand steps, of which each may plan dozens of situations.
  }, 180_000);

  test('gives the same run for the same recipe', () => {
    fc.assert(fc.property(recipes, picksOf(60), (recipe, picks) => {
      const walked = walk(model, recipe, picks);
      const again = replay(model, walked.recipe);
      expect(again.state).toEqual(walked.visited.at(-1)?.state);
      expect(again.facts).toEqual(walked.visited.flatMap(({ facts }) => facts));
    }), { numRuns: 30 });
  });

  test('describes every state in words and as a table with as many cells a row as its head', () => {
    fc.assert(fc.property(recipes, picksOf(30), (recipe, picks) => {
      for (const { state } of walk(model, recipe, picks).visited) {
        expect(model.describe(state)).toMatch(/^\S[\s\S]*[.?]$/);
        const { caption, head, rows } = playground.table(state);
        expect(caption).not.toBe('');
        expect(rows.filter((row) => row.length !== head.length)).toEqual([]);
        const text = [model.describe(state), caption, ...head, ...rows.flat()].join(' ');
        expect(text).not.toMatch(/undefined|NaN|\[object|null\b/);
      }
    }), { numRuns: 30 });
  });

  test('gives a reason with known figures for everything that happens', () => {
    fc.assert(fc.property(recipes, picksOf(20), (recipe, picks) => {
      for (const { state, facts } of walk(model, recipe, picks).visited) {
        for (const fact of facts) {
          const reasons = model.why(state, fact);
          expect(reasons.length, `No reason for ${fact.id}`).toBeGreaterThan(0);
          for (const reason of reasons) {
            expect(reason.text).not.toBe('');
            expect(() => figuresFor(reason.figures ?? [])).not.toThrow();
          }
        }
      }
    }), { numRuns: 20 });
  });

  test('measures the same finite quantities in every state', () => {
    fc.assert(fc.property(recipes, picksOf(20), (recipe, picks) => {
      const names = Object.keys(model.measure(replay(model, defaults).state)).sort();
      expect(names).not.toEqual([]);
      for (const { state } of walk(model, recipe, picks).visited) {
        const measures = model.measure(state);
        expect(Object.keys(measures).sort()).toEqual(names);
        expect(Object.entries(measures).filter(([, value]) => typeof value === 'number' && !Number.isFinite(value))).toEqual([]);
      }
    }), { numRuns: 20 });
  });

  test('writes every run into a link of plain characters and reads it back', () => {
    fc.assert(fc.property(recipes, picksOf(60), (recipe, picks) => {
      const walked = walk(model, recipe, picks);
      const text = playground.codec.encode(walked.recipe);
      expect(text).toMatch(/^[\w.~*-]+$/);
      expect(text.length).toBeLessThan(2000);
      const read = playground.codec.decode(text);
      if (read === null) throw new Error(`The codec refuses its own text ${text}`);
      expect(replay(model, read).state).toEqual(walked.visited.at(-1)?.state);
      expect(playground.codec.encode(read)).toBe(text);
    }), { numRuns: 60 });
  });

  test('answers a damaged or hostile link with null or with a run that the model can judge', () => {
    const good = playground.codec.encode(walk(model, defaults, [0, 1, 2, 3]).recipe);
    fc.assert(fc.property(hostileTexts(good), (text) => {
      const recipe = playground.codec.decode(text);
      if (recipe === null) return;
      expect(playground.codec.decode(playground.codec.encode(recipe))).not.toBeNull();
      try {
        replay(model, recipe);
      } catch (error) {
        expect(error).toBeInstanceOf(SimError);
      }
    }), { numRuns: 400 });
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test.each(['a', '~', '.', '9', '*9'])('refuses a million times %j at once', (piece) => {
    const started = performance.now();
    expect(playground.codec.decode(piece.repeat(1_000_000))).toBeNull();
    expect(performance.now() - started).toBeLessThan(200);
  });
});

describe('the loop', () => {
  test('runs over every folder with a playground', () => {
    const folders = globSync('*/playground.ts', { cwd: resolve(ROOT, 'components') }).map(dirname).filter((folder) => folder !== 'kit');
    expect(Object.keys(catalog).map(kebab).sort()).toEqual(folders.sort());
  });

  test('catches a model that changes what it was given', () => {
    const careless = {
      init: () => ({ count: 0 }),
      legal: () => ['count'],
      step: (state: { count: number }) => {
        state.count += 1;
        return { state, facts: [] };
      },
    } as unknown as AnyModel;
    expect(() => walk(careless, { config: {}, seed: 1, actions: [] }, [0])).toThrow(TypeError);
  });
});
