/** Whether a tree is a stack: what may stand on what. Apart from domain.ts, since no page draws it: only invariants and tests ask. */
import { nodesOf, type Layer, type StackNode } from './domain.ts';

const MAY_STAND_ON: Readonly<Record<Layer, readonly Layer[]>> = {
  hardware: ['hypervisor'],
  firmware: ['hardware'],
  hypervisor: ['hardware', 'firmware', 'kernel'],
  kernel: ['hardware', 'firmware', 'hypervisor'],
  userland: ['kernel'],
  application: ['userland', 'kernel'],
};

/** Reasons why a tree is not a stack; empty when it is one. */
export function faultsOf(root: StackNode): readonly string[] {
  const faults = root.part.layer === 'hardware' ? [] : ['A stack stands on hardware.'];
  const ids = nodesOf(root).map((node) => node.id);
  if (new Set(ids).size < ids.length) faults.push('Two parts have the same id.');
  return [...faults, ...nodesOf(root).flatMap(misplacedOn)];
}

function misplacedOn(node: StackNode): readonly string[] {
  return node.on.flatMap((child) => {
    const faults: string[] = [];
    if (!MAY_STAND_ON[child.part.layer].includes(node.part.layer)) faults.push(`${child.part.layer} cannot stand on ${node.part.layer}.`);
    if (child.part.layer === 'hardware' && child.wall?.enforcedBy !== 'hardware') faults.push('A virtual machine needs a wall that hardware enforces.');
    return faults;
  });
}
