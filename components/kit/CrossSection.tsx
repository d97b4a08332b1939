/** Draws a stack as a cross-section: the ground is hardware, the sky is the application. It knows layers and walls, no costs. */
import type { ComponentChildren } from 'preact';
import { nodesOf } from '../../src/sim/domain.ts';
import type { StackNode } from '../../src/sim/index.ts';

export type Mark = 'active' | 'passed' | 'aside';

interface Props {
  readonly root: StackNode;
  /** What the drawing shows, for a screen reader that comes to it. */
  readonly label: string;
  /** Parts to bring out or to hold back, by node id. */
  readonly marks?: Readonly<Record<string, Mark>>;
  /** Words under a part's name, by node id. */
  readonly notes?: Readonly<Record<string, string>>;
  /** Controls that belong to a part, drawn in its slab. */
  readonly tools?: (node: StackNode) => ComponentChildren;
}

export function CrossSection(props: Props) {
  const columns = leaves(props.root);
  return (
    <div class="cs" role="group" aria-label={props.label} tabIndex={columns > 3 ? 0 : undefined}>
      <div class="cs-inner">
        <Tower node={props.root} ground {...props} />
      </div>
    </div>
  );
}

function Tower({ node, ground, ...props }: Props & { readonly node: StackNode; readonly ground?: boolean }) {
  const wall = node.wall ? ` cs-wall cs-${node.wall.enforcedBy === 'hardware' ? 'machine' : 'sandbox'}` : '';
  // The ground is the part of the stack that everything stands on: it runs from side to side and is named in the gutter.
  const shared = ground && node.on.length === 1;
  return (
    <div class={`cs-tower${wall}`} style={{ '--leaves': String(leaves(node)) }}>
      {node.wall && <span class="cs-wall-name">{node.wall.name}</span>}
      {node.on.length > 0 && (
        <div class="cs-on">
          {node.on.map((child) => <Tower key={child.id} node={child} {...(shared ? { ground: true } : {})} {...props} />)}
        </div>
      )}
      <Slab node={node} ground={ground ?? false} {...props} />
    </div>
  );
}

function Slab({ node, ground, marks, notes, tools }: Props & { readonly node: StackNode; readonly ground: boolean }) {
  const { layer, name } = node.part;
  const note = notes?.[node.id];
  return (
    <div class={`cs-slab layer ${layer}${ground ? ' cs-ground' : ''}`} data-mark={marks?.[node.id]} data-node={node.id}>
      <span class="cs-kind">{layer}</span>
      <span class="plate"><b>{name}</b>{note && <small>{note}</small>}</span>
      {tools?.(node)}
    </div>
  );
}

/** How many columns a node is wide: its processes, or one. */
function leaves(node: StackNode): number {
  return Math.max(1, nodesOf(node).filter((each) => each.part.layer === 'application').length);
}

/** The six layers and two walls in words and samples. */
export function Legend() {
  const layers = ['application', 'userland', 'kernel', 'hypervisor', 'firmware', 'hardware'];
  return (
    <ul class="cs-legend">
      {layers.map((layer) => <li key={layer}><span class={`swatch layer ${layer}`} />{layer}</li>)}
      <li><span class="swatch cs-sandbox" />wall that a kernel enforces</li>
      <li><span class="swatch cs-machine" />wall that hardware enforces</li>
    </ul>
  );
}
