/** Draws a stack as a cross-section: the ground is hardware, the sky is the application. It knows layers and walls, no costs. */
import type { ComponentChildren } from 'preact';
import { countLayer } from '../../src/sim/domain.ts';
import type { StackNode } from '../../src/sim/index.ts';

export type Mark = 'active' | 'passed' | 'aside';

interface Props {
  readonly root: StackNode;
  /** What the drawing shows, for a screen reader that comes to it. */
  readonly label: string;
  /** Parts to bring out or to hold back, by node id. */
  readonly marks: Readonly<Record<string, Mark>>;
  /** Words under a part's name, by node id. */
  readonly notes?: Readonly<Record<string, string>>;
  /** Controls that belong to a part, drawn in its slab. */
  readonly tools?: ((node: StackNode) => ComponentChildren) | undefined;
}

export function CrossSection(props: Props) {
  const { root, label } = props;
  return (
    <div class="cs" role="group" aria-label={label} tabIndex={leaves(root) > 3 ? 0 : undefined}>
      <div class="cs-inner">
        <Tower {...props} node={root} ground />
      </div>
    </div>
  );
}

interface Standing extends Props {
  readonly node: StackNode;
  /** The ground is the part of the stack that everything stands on: it runs from side to side and is named in the gutter. */
  readonly ground: boolean;
}

function Tower(props: Standing) {
  const { node, ground } = props;
  const { wall, on } = node;
  return (
    <div class={`cs-tower${wall ? ` cs-wall cs-${wall.enforcedBy === 'hardware' ? 'machine' : 'sandbox'}` : ''}`} style={{ '--leaves': leaves(node) }} role={wall && 'group'} aria-label={wall?.name}>
      {wall && <span class="cs-wall-name" aria-hidden="true">{wall.name}</span>}
      {/* Parts come, go and move, so they need keys; the other lists of the playgrounds grow and shrink at their ends only. */}
      {on.length > 0 && <div class="cs-on">{on.map((child) => <Tower {...props} key={child.id} node={child} ground={ground && on.length === 1} />)}</div>}
      <Slab {...props} />
    </div>
  );
}

function Slab({ node, ground, marks, notes, tools }: Standing) {
  const { id, part: { layer, name } } = node;
  const note = notes?.[id];
  return (
    <div class={`cs-slab layer ${layer}${ground ? ' cs-ground' : ''}`} data-mark={marks[id]} data-node={id}>
      <span class="cs-kind">{layer}</span>
      <span class="plate"><b>{name}</b>{note && <small>{note}</small>}</span>
      {tools?.(node)}
    </div>
  );
}

/** How many columns a node is wide: its processes, or one. */
function leaves(node: StackNode): number {
  return Math.max(1, countLayer(node, 'application'));
}

/** The six layers and two walls in words and samples. */
export function Legend() {
  const layers = ['application', 'userland', 'kernel', 'hypervisor', 'firmware', 'hardware'];
  return (
    <ul class="cs-legend">
      {layers.map((layer) => <li><span class={`swatch layer ${layer}`} />{layer}</li>)}
      <li><span class="swatch cs-sandbox" />wall that the kernel keeps</li>
      <li><span class="swatch cs-machine" />wall that hypervisor and processor keep</li>
    </ul>
  );
}
