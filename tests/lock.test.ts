/** The lock file: that `npm ci` works from it on every operating system and against every registry. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
type Packages = Readonly<Record<string, Locked>>;

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const read = (file: string): unknown => JSON.parse(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8'));
const { packages } = read('package-lock.json') as { packages: Packages };
const manifest = read('package.json') as Manifest;

/** Optional packages that a locked package names and that have no entry where Node would look for them. */
function missingOptional(locked: Packages): readonly string[] {
  return Object.entries(locked).flatMap(([place, entry]) =>
    Object.keys(entry.optionalDependencies ?? {})
      .filter((name) => !placesFor(place, name).some((candidate) => candidate in locked))
      .map((name) => `${place || 'package.json'} names ${name}, which has no entry`),
  );
}

/** Where Node looks for `name` from a package's folder: its own node_modules, then each one above. */
function placesFor(place: string, name: string): readonly string[] {
  const steps = place.split('/node_modules/').map((_, i, all) => all.slice(0, i + 1).join('/node_modules/'));
  return ['', ...(place === '' ? [] : steps)].map((step) => `${step}${step && '/'}node_modules/${name}`);
}

describe('the lock', () => {
  test('has an entry for every optional platform package, so that npm ci works on every system', () => {
    expect(missingOptional(packages)).toEqual([]);
  });

  test('is seen to be incomplete when a platform package is taken out', () => {
    const platform = Object.keys(packages).find((place) => place.endsWith('@pagefind/darwin-arm64'));
    if (platform === undefined) throw new Error('The lock has no entry for Pagefind on macOS.');
    const { [platform]: _, ...rest } = packages;
    expect(missingOptional(rest)).toEqual(['node_modules/pagefind names @pagefind/darwin-arm64, which has no entry']);
  });

  test('looks for nested packages where Node does', () => {
    const nested: Packages = {
      'node_modules/a': { optionalDependencies: { b: '1.0.0' } },
      'node_modules/a/node_modules/b': { optionalDependencies: { c: '1.0.0' } },
      'node_modules/c': {},
    };
    expect(missingOptional(nested)).toEqual([]);
    expect(missingOptional({ 'node_modules/x/node_modules/b': {}, 'node_modules/a': { optionalDependencies: { b: '1.0.0' } } })).toHaveLength(1);
  });

  test('names no registry host, so that each machine uses its own', () => {
    expect(Object.entries(packages).filter(([, entry]) => entry.resolved !== undefined).map(([place]) => place)).toEqual([]);
  });

  test('pins each package to one version and its checksum', () => {
    const loose = Object.entries(packages).filter(([place, entry]) => place !== '' && !(entry.version && entry.integrity));
    expect(loose.map(([place]) => place)).toEqual([]);
  });

  test('agrees with package.json, which states exact versions', () => {
    const wanted = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(wanted.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
    expect(wanted.filter(([name, version]) => packages[`node_modules/${name}`]?.version !== version)).toEqual([]);
  });
});
