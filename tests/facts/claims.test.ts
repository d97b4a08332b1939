/** Every claim is played on the models that it names. A sentence that a model contradicts fails here with its file and line. */
import { describe, expect, test } from 'vitest';
import { catalog } from '../../components/catalog.ts';
import { formatProblem, loadFacts, type Claim } from '../../src/facts/index.ts';
import { findingsOf, play, scenarioPath, tryClaim } from '../../src/facts/trial.ts';
import { parseYaml, type YamlFile } from '../../src/facts/yaml.ts';
import { changed, CLAIM, loaded } from './fixture.ts';

const { claims, claimFiles } = loadFacts();
const all = [...claims.values()].map((claim) => [claim.id, claim] as const);
const playable = all.filter(([, { scenarios }]) => scenarios.length > 0);

const judged = (claim: Claim, file: YamlFile) => tryClaim(claim, file).map(formatProblem).join('\n');

describe('every claim', () => {
  test('is there', () => {
    expect(playable.length).toBeGreaterThanOrEqual(10);
  });

  test.each(all)('%s agrees with the models', (id, claim) => {
    expect(judged(claim, claimFiles.get(id) as YamlFile)).toBe('');
  });

  test.each(playable)('%s finds something for each expectation', (_, claim) => {
    const findings = findingsOf(claim);
    expect(findings).toHaveLength(claim.expect.length);
    expect(findings.every(({ found }) => found !== undefined)).toBe(true);
  });

  test.each(playable)('%s opens its playgrounds in the states that it judges', (_, { scenarios }) => {
    for (const scenario of scenarios) {
      const { name, codec } = catalog[scenario.playground] as NonNullable<(typeof catalog)[string]>;
      const url = new URL(scenarioPath(scenario), 'https://example.org');
      expect([url.pathname, url.hash]).toEqual([`/playgrounds/${name}/`, `#${name}-1`]);
      expect(codec.decode(url.searchParams.get(`${name}-1`) as string)).toEqual(play(scenario).recipe);
    }
  });
});

describe('a claim that is wrong', () => {
  /** What the trial says of the fixture's claim with a part replaced. */
  const verdict = (from: string, to: string): string => {
    const text = changed(CLAIM, from, to);
    const { claims, problems } = loaded({ 'content/claims/things-are-fast.yaml': text });
    expect(problems).toEqual([]);
    return judged(claims.get('things-are-fast') as Claim, parseYaml('content/claims/things-are-fast.yaml', text));
  };
  const at = (line: string) => `content/claims/things-are-fast.yaml:${line}`;
  const lineOf = (part: string) => CLAIM.slice(0, CLAIM.indexOf(part)).split('\n').length;

  test('is silent while it is right', () => {
    expect(verdict('Things start fast', 'Things start fast')).toBe('');
  });

  test('is caught with its line, what the model says and what was expected', () => {
    expect(verdict('containers.kernels, is: 1', 'containers.kernels, is: 4')).toBe(
      at(`${lineOf('measure: containers.kernels')}:5  found containers.kernels = 1, says the model; expected that it is 4; do: correct the claim, or the model if the claim is right`),
    );
  });

  test('is caught when it compares two scenarios', () => {
    expect(verdict('is: containers.kernels', 'above: containers.kernels')).toBe(
      at(`${lineOf('measure: call.kernelsInvolved')}:5  found call.kernelsInvolved = 1, says the model; expected that it is more than 1 (containers.kernels); do: correct the claim, or the model if the claim is right`),
    );
  });

  test.each([
    ['call.vmExits, is: 0', 'call.vmExits, below: 0', 'is less than 0'],
    ['call.vmExits, is: 0', 'call.vmExits, above: 0', 'is more than 0'],
    ['call.vmExits, is: 0', 'call.vmExits, atLeast: 1', 'is at least 1'],
    ['call.vmExits, is: 0', 'call.vmExits, atMost: -1', 'is at most -1'],
    ['call.vmExits, is: 0', 'call.answeringKernel, is: guest-kernel', 'is "guest-kernel"'],
    ['call.vmExits, is: 0', 'call.answeringKernel, below: 5', 'is less than 5'],
  ])('with %s made %s', (from, to, expected) => {
    expect(verdict(from, to)).toContain(`${at(`${lineOf('measure: call.vmExits')}:5`)}  found call.`);
    expect(verdict(from, to)).toContain(`expected that it ${expected};`);
  });

  test('in the name of a measure is told the nearest', () => {
    expect(verdict('call.vmExits', 'call.vmExit')).toMatch(/:18:5 {2}found the unknown measure "call\.vmExit"; expected one of .*; do: write "vmExits"$/);
  });

  test.each([
    ['playground: LayerTrace', 'playground: LayersTrace', 'There is no playground "LayersTrace". Is "LayerTrace" meant?'],
    ['program: read-file', 'programm: read-file', 'There is no setting "programm". Is "program" meant?'],
    ['program: read-file', 'program: read-mind', 'read-mind'],
    ['config: { start: { container: 4 } }', 'config: { start: { container: 40 } }', '8'],
    ['    playground: LayerTrace\n', '    playground: StackBuilder\n', 'There is no setting "program"'],
  ])('in a scenario: %s made %s', (from, to, why) => {
    const [, reason] = /a scenario that cannot be played: (.*); expected one that the model accepts/.exec(verdict(from, to)) ?? [];
    expect(reason).toContain(why);
  });

  test('takes the end of a run that has choices for a mistake', () => {
    expect(verdict('config: { start: { container: 4 } }', 'config: { start: { container: 4 } }\n    actions: end')).toContain('"actions: end" needs one way forward');
  });
});

test('an action can be repeated', () => {
  const { claims } = loaded({ 'content/claims/things-are-fast.yaml': changed(CLAIM, 'config: { start: { container: 4 } }', 'actions: [{ type: add, placement: container, times: 3 }]') });
  const [scenario] = (claims.get('things-are-fast') as Claim).scenarios;
  expect(play(scenario as NonNullable<typeof scenario>)).toMatchObject({ recipe: { actions: Array(3).fill({ type: 'add', placement: 'container' }) }, measures: { apps: 3, kernels: 1 } });
});
