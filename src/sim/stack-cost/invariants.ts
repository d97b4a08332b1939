/** What must hold in every state of `stack-cost`. Tests check it; a reader's browser need not carry it. */
import { countLayer, nodesOf } from '../domain.ts';
import { faultsOf } from '../stack-faults.ts';
import { MOST_APPS, nodeOf, type State } from './model.ts';

export const stackCostInvariants: Readonly<Record<string, (state: State) => boolean>> = {
  'the tree is a stack': ({ stack }) => faultsOf(stack).length === 0,
  'every app is one process, and every process an app': ({ stack, apps }) => {
    const leaves = nodesOf(stack).filter(({ on, part }) => on.length === 0 && part.layer === 'application').map(({ id }) => id);
    return leaves.toSorted().join() === apps.map(nodeOf).toSorted().join();
  },
  'every machine wall holds one kernel': ({ stack }) =>
    nodesOf(stack).every((node) => node.wall?.enforcedBy !== 'hardware' || countLayer(node, 'kernel') === 1),
  'only the host’s kernel stands outside a machine wall': ({ stack }) => {
    const machines = nodesOf(stack).filter(({ wall }) => wall?.enforcedBy === 'hardware').length;
    return countLayer(stack, 'kernel') === 1 + machines && countLayer(stack, 'hypervisor') === machines;
  },
  'ranges run from low to high': ({ disk, memory, readings }) =>
    [disk, memory, ...readings.start, ...readings.steps, ...readings.disk, ...readings.memory].every(({ low, high }) => 0 <= low && low <= high),
  'every part has a bill': ({ stack, bills }) => {
    const nodes = nodesOf(stack);
    return nodes.length === Object.keys(bills).length && nodes.every(({ id }) => bills[id] !== undefined);
  },
  'at most eight apps, and no id twice': ({ apps, nextId }) =>
    apps.length <= MOST_APPS && new Set(apps.map(({ id }) => id)).size === apps.length && apps.every(({ id }) => id < nextId),
};
