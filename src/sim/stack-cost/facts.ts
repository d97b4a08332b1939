/** What a change did to the stack, each fact with its sentence and its rule. It knows what became true, not what is drawn. */
import { countLayer, kernelOf, type StackNode } from '../domain.ts';
import type { Reason } from '../model.ts';
import { nodeOf, PLACEMENTS, type App, type Placement, type Program } from './placements.ts';

/** Whether one app was placed elsewhere, or every app was. */
type Scope = 'one' | 'all';

interface Facts {
  /** The stack as it stands, without regard to how it came about. `as` is the placement of all apps; or they differ, on one kernel or more. */
  readonly stackStood: { readonly as: Placement | 'nothing' | 'one-kernel' | 'mixed'; readonly apps: number; readonly kernels: number; readonly answered: number };
  readonly appPlaced: { readonly app: number; readonly as: Placement };
  readonly appRemoved: { readonly app: number; readonly from: Placement };
  readonly kernelAdded: { readonly added: number; readonly kernels: number; readonly by: Placement; readonly scope: Scope };
  readonly kernelRemoved: { readonly removed: number; readonly kernels: number; readonly scope: Scope };
  /** One kernel went with its machine and another came with the next. */
  readonly kernelReplaced: { readonly by: Placement };
  /** The app is answered by a kernel that answers `apps` apps now. */
  readonly kernelShared: { readonly app: number; readonly apps: number; readonly as: Placement };
  /** No kernel came or went with a change; this one still answers `apps` apps. */
  readonly kernelKept: { readonly kernel: 'host' | 'vm'; readonly apps: number; readonly scope: Scope };
  readonly hostKernelLeft: { readonly app: number; readonly others: number };
  readonly hostKernelBypassed: object;
  readonly imageLayersShared: object;
  readonly imageStoredTwice: object;
  readonly diskShared: object;
  readonly firmwareAdded: object;
  readonly firmwareLeftOut: object;
  readonly nothingDuplicated: object;
}
type Id = keyof Facts;
export type Fact = { readonly [K in Id]: { readonly id: K } & Facts[K] }[Id];

/** What the facts are computed from: a state before or after the change. */
export interface Situation {
  readonly apps: readonly App[];
  readonly stack: StackNode;
}

const count = (apps: readonly App[], as: Placement) => apps.filter(({ placement }) => placement === as).length;
const onHost = (apps: readonly App[]) => apps.filter(({ placement }) => PLACEMENTS[placement].kernel === 'host').length;
const kernelsIn = ({ stack }: Situation) => countLayer(stack, 'kernel');

/** The stack as it stands. */
export function standing(now: Situation): Fact {
  const as = now.apps[0]?.placement ?? 'nothing';
  const alike = now.apps.every(({ placement }) => placement === as);
  const kernels = kernelsIn(now);
  return { id: 'stackStood', as: alike ? as : kernels === 1 ? 'one-kernel' : 'mixed', apps: now.apps.length, kernels, answered: onHost(now.apps) };
}

/** What it meant to put one app where it is now, from elsewhere or from nowhere. */
export function factsOfPlacing(app: App, before: Situation, now: Situation): readonly Fact[] {
  return [{ id: 'appPlaced', app: app.id, as: app.placement }, ...kernelFacts(app, before, now), ...EXTRAS[app.placement](now)];
}

/** What it meant to take one app away. */
export function factsOfRemoving({ id, placement }: App, before: Situation, now: Situation): readonly Fact[] {
  const counted = kernelCount(placement, before, now, 'one');
  const host = PLACEMENTS[placement].kernel === 'host';
  const kept: Fact = { id: 'kernelKept', kernel: host ? 'host' : 'vm', apps: host ? onHost(now.apps) : count(now.apps, placement), scope: 'one' };
  return [{ id: 'appRemoved', app: id, from: placement }, ...(counted.length > 0 ? counted : [kept])];
}

/** What it meant to put every app in the same kind of place. */
export function factsOfMovingAll(to: Placement, before: Situation, now: Situation): readonly Fact[] {
  const placed = now.apps.map(({ id }): Fact => ({ id: 'appPlaced', app: id, as: to }));
  const counted = kernelCount(to, before, now, 'all');
  const kept: Fact = { id: 'kernelKept', kernel: 'host', apps: now.apps.length, scope: 'all' };
  return [...placed, ...(counted.length === 0 && kernelsIn(now) === 1 ? [kept] : counted), standing(now)];
}

function kernelCount(by: Placement, before: Situation, now: Situation, scope: Scope): readonly Fact[] {
  const kernels = kernelsIn(now);
  const added = kernels - kernelsIn(before);
  if (added > 0) return [{ id: 'kernelAdded', added, kernels, by, scope }];
  return added < 0 ? [{ id: 'kernelRemoved', removed: -added, kernels, scope }] : [];
}

function kernelFacts(app: App, before: Situation, now: Situation): readonly Fact[] {
  const { id, placement } = app;
  const counted = kernelCount(placement, before, now, 'one');
  const kernelIn = (situation: Situation, each: App) => kernelOf(situation.stack, nodeOf(each))?.id;
  const answers = kernelIn(now, app);
  const apps = now.apps.filter((each) => kernelIn(now, each) === answers).length;
  const { kernel } = PLACEMENTS[placement];
  if (kernel === 'host' || (kernel === 'shared-vm' && apps > 1)) {
    return [...counted, { id: 'kernelShared', app: id, apps, as: placement }];
  }
  if (counted.length === 0) return [{ id: 'kernelReplaced', by: placement }];
  const left = kernel === 'own' && kernelIn(before, app) === 'host/kernel';
  return left ? [...counted, { id: 'hostKernelLeft', app: id, others: onHost(now.apps) }] : counted;
}

/** What a placement brings along beside a kernel, or does without. */
const EXTRAS: Readonly<Record<Placement, (now: Situation) => readonly Fact[]>> = {
  'metal': ({ apps }) => (count(apps, 'metal') === apps.length ? [{ id: 'nothingDuplicated' }] : []),
  'container': (now) => imageFacts(now, 'container', 'container-in-vm'),
  'vm': ({ apps }) => [{ id: 'firmwareAdded' }, ...(count(apps, 'vm') > 1 || count(apps, 'container-in-vm') > 0 ? [{ id: 'diskShared' } as const] : [])],
  'container-in-vm': (now) => [...(count(now.apps, 'container-in-vm') === 1 ? [{ id: 'hostKernelBypassed' } as const] : []), ...imageFacts(now, 'container-in-vm', 'container')],
  'microvm': () => [{ id: 'firmwareLeftOut' }],
};

function imageFacts({ apps }: Situation, here: Placement, there: Placement): readonly Fact[] {
  if (count(apps, here) > 1) return [{ id: 'imageLayersShared' }];
  return count(apps, there) > 0 ? [{ id: 'imageStoredTwice' }] : [];
}

/**
 * The model's words. A sentence is found by `fact/variant`, or `fact/variant.1` for one with that number in it; a fact without a
 * sentence is one that its neighbors say already. `{name}` stands for what the fact holds under that name, `{Name}` begins with
 * a capital; numbers and placements are themselves looked up here, so that they read as words.
 */
export interface Words {
  readonly sentences: Readonly<Record<string, string>>;
  /** The rule behind each fact, by the fact's id. */
  readonly rules: Readonly<Record<Id, string>>;
}

/** The fields of all kinds of facts, of which each has some. */
type Fields = Readonly<Record<string, string | number>>;

/** The sentences of these facts, in order. */
export function tell({ sentences }: Words, facts: readonly Fact[], program: Program): string {
  return facts.map((fact) => {
    const fields: Fields = { ...fact, program };
    const { id, scope, as, kernel, apps, kernels, others } = fields;
    const key = `${id}/${scope === 'all' ? scope : as ?? kernel ?? ''}`;
    const text = sentences[`${key}.${apps ?? kernels ?? others}`] ?? sentences[key] ?? '';
    return text.replace(/\{(\w)(\w+)\}/g, (_, first: string, rest: string) => {
      const name = first.toLowerCase() + rest;
      const value = String(fields[name]);
      // An app's number is its name: nginx 2, not nginx two.
      const word = name === 'app' ? value : sentences[value] ?? value;
      return first < 'a' ? word.charAt(0).toUpperCase() + word.slice(1) : word;
    });
  }).filter((text) => text !== '').join(' ');
}

/** The rule behind a fact. */
export function reasonsFor({ rules }: Words, { id }: Fact): readonly Reason[] {
  return [{ rule: id, text: rules[id] }];
}
