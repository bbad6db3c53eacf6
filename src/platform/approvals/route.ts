import type { ApproveNode, Condition, CopyNode, EndNode, Flow, FlowNode } from './flow.shared.ts';

/** What comes, in order, for certain values: branches are decided. */
export type Planned = ApproveNode | CopyNode | EndNode;

/** The way a flow takes for values; it ends with the last node or the first end on the way. */
export function routeOf(flow: Flow, holds: (condition: Condition) => boolean): Planned[] {
  const route: Planned[] = [];
  /** Gives whether the way ended here. */
  const walk = (nodes: readonly FlowNode[]): boolean => {
    for (const node of nodes) {
      if (node.kind === 'branch') {
        const taken = node.branches.find(({ when }) => when === null || holds(when));
        if (taken && walk(taken.nodes)) return true;
      } else {
        route.push(node);
        if (node.kind === 'end') return true;
      }
    }
    return false;
  };
  walk(flow.nodes);
  return route;
}
