/**
 * Keeps siblings in the order in which their author wrote them, as far as the arrows allow. It knows the two places where
 * Mermaid 12 loses that order, and nothing else of its layout.
 */
import type { ELK as ElkApi, ElkLayoutArguments, ElkNode } from 'elkjs/lib/elk-api.js';
import ELK from 'elkjs/lib/elk.bundled.js';

/** The part of Mermaid's databases that feeds the layout. */
export interface LayoutDb {
  getData?(): { readonly nodes: readonly { readonly isGroup?: boolean }[] };
  getSubGraphs?(): unknown;
}

/** Flowcharts hand their groups to the layout last first. */
export function keepGroupOrder(db: LayoutDb): void {
  const getData = db.getData?.bind(db);
  if (!getData || !db.getSubGraphs) return;
  db.getData = () => {
    const data = getData();
    return { ...data, nodes: [...data.nodes.filter(({ isGroup }) => isGroup).reverse(), ...data.nodes.filter(({ isGroup }) => !isGroup)] };
  };
}

/**
 * Has ELK place siblings in model order inside groups too; Mermaid asks for it at the top only. ELK's own option for that
 * (`considerModelOrder`) fails inside groups with arrows across their walls, so each part gets a position that says its rank.
 */
export function keepSiblingOrder(): void {
  const elk = ELK.prototype as Pick<ElkApi, 'layout'>;
  const { layout } = elk;
  elk.layout = function (this: ElkApi, graph: ElkNode, options?: ElkLayoutArguments) {
    rank(graph, { next: 0 });
    return layout.call(this, graph, options);
  } as typeof layout;
}

function rank(node: ElkNode, counter: { next: number }): void {
  const children = node.children ?? [];
  if (children.length > 0) node.layoutOptions = { ...node.layoutOptions, 'elk.layered.crossingMinimization.semiInteractive': 'true' };
  for (const child of children) {
    counter.next += 1;
    child.layoutOptions = { ...child.layoutOptions, 'elk.position': `(${counter.next},0)` };
    rank(child, counter);
  }
}
