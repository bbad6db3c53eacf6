import type {
  Approver,
  Branch,
  BranchNode,
  Flow,
  FlowNode,
} from '../../../platform/approvals/flow.shared.ts';

/** Changes of a flow as the builder makes them: values in, values out. */

export type NewKind = FlowNode['kind'];

const freshId = () => `n${crypto.randomUUID().slice(0, 8)}`;

/** A node as it is added, with the names the builder proposes. */
export function newNode(kind: NewKind, name: (key: string) => string): FlowNode {
  const id = freshId();
  switch (kind) {
    case 'approve':
      return { kind, id, name: name('approve'), approvers: [{ kind: 'users', users: [] }], mode: 'all' };
    case 'cc':
      return { kind, id, name: name('cc'), approvers: [{ kind: 'users', users: [] }] };
    case 'end':
      return { kind, id, outcome: 'approved' };
    case 'branch':
      return {
        kind,
        id,
        branches: [newBranch(name('condition')), { ...newBranch(name('otherwise')), when: null }],
      };
  }
}

export const newBranch = (name: string): Branch => ({ id: freshId(), name, when: { and: [] }, nodes: [] });

export const newApprover = (kind: Approver['kind']): Approver => {
  switch (kind) {
    case 'users':
      return { kind, users: [] };
    case 'role':
      return { kind, role: '' };
    case 'manager':
      return { kind, of: 'starter', level: 1 };
    case 'chain':
      return { kind, levels: 2 };
    case 'chosen':
      return { kind };
  }
};

/** Changes every sequence of nodes: the flow's own and that of every branch. `parent` is the branch's id, null for the flow. */
function sequences(
  nodes: FlowNode[],
  change: (nodes: FlowNode[], parent: string | null) => FlowNode[],
  parent: string | null = null,
): FlowNode[] {
  const deeper = nodes.map(
    (node): FlowNode =>
      node.kind === 'branch'
        ? {
            ...node,
            branches: node.branches.map((branch) => ({
              ...branch,
              nodes: sequences(branch.nodes, change, branch.id),
            })),
          }
        : node,
  );
  return change(deeper, parent);
}

/** Puts a node into the sequence of a branch (null: of the flow), before the one that stands at `at`. */
export const insertNode = (flow: Flow, parent: string | null, at: number, node: FlowNode): Flow => ({
  ...flow,
  nodes: sequences(flow.nodes, (nodes, here) => (here === parent ? nodes.toSpliced(at, 0, node) : nodes)),
});

export const replaceNode = (flow: Flow, node: FlowNode): Flow => ({
  ...flow,
  nodes: sequences(flow.nodes, (nodes) => nodes.map((each) => (each.id === node.id ? { ...node } : each))),
});

export const removeNode = (flow: Flow, id: string): Flow => ({
  ...flow,
  nodes: sequences(flow.nodes, (nodes) => nodes.filter((each) => each.id !== id)),
});

/** Moves a node one place up or down in its own sequence. */
export const moveNode = (flow: Flow, id: string, by: -1 | 1): Flow => ({
  ...flow,
  nodes: sequences(flow.nodes, (nodes) => {
    const at = nodes.findIndex((each) => each.id === id);
    const node = nodes[at];
    if (!node || at + by < 0 || at + by >= nodes.length) return nodes;
    return nodes.toSpliced(at, 1).toSpliced(at + by, 0, node);
  }),
});

function eachBranch(flow: Flow, change: (node: BranchNode) => FlowNode[]): Flow {
  return {
    ...flow,
    nodes: sequences(flow.nodes, (nodes) =>
      nodes.flatMap((node) => (node.kind === 'branch' ? change(node) : [node])),
    ),
  };
}

/** A further branch, before the one that takes what is left. */
export const addBranch = (flow: Flow, id: string, name: string): Flow =>
  eachBranch(flow, (node) => {
    if (node.id !== id) return [node];
    const last = node.branches.findIndex((branch) => branch.when === null);
    const at = last === -1 ? node.branches.length : last;
    return [{ ...node, branches: node.branches.toSpliced(at, 0, newBranch(name)) }];
  });

export const replaceBranch = (flow: Flow, branch: Branch): Flow =>
  eachBranch(flow, (node) => [
    { ...node, branches: node.branches.map((each) => (each.id === branch.id ? branch : each)) },
  ]);

/** Takes a branch away; where only one is left nothing is decided any more, and its nodes take the place. */
export const removeBranch = (flow: Flow, id: string): Flow =>
  eachBranch(flow, (node) => {
    const branches = node.branches.filter((branch) => branch.id !== id);
    if (branches.length === node.branches.length) return [node];
    return branches.length > 1 ? [{ ...node, branches }] : (branches[0]?.nodes ?? []);
  });

/** The node or branch of an id. */
export function findPart(nodes: readonly FlowNode[], id: string): FlowNode | Branch | null {
  for (const node of nodes) {
    if (node.id === id) return node;
    if (node.kind !== 'branch') continue;
    for (const branch of node.branches) {
      if (branch.id === id) return branch;
      const found = findPart(branch.nodes, id);
      if (found) return found;
    }
  }
  return null;
}
