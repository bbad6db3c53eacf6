import { describe, expect, it } from 'vitest';
import { type Flow, type FlowNode, faultsOf } from '../../../platform/approvals/flow.shared.ts';
import {
  addBranch,
  findPart,
  insertNode,
  moveNode,
  newApprover,
  newNode,
  removeBranch,
  removeNode,
  replaceBranch,
  replaceNode,
} from './model.ts';

const name = (key: string) => key;
const step = (id: string): FlowNode => ({
  kind: 'approve',
  id,
  name: id,
  approvers: [{ kind: 'chosen' }],
  mode: 'all',
});
const fork: FlowNode = {
  kind: 'branch',
  id: 'f',
  branches: [
    { id: 'x', name: 'x', when: { field: 'a', op: 'empty' }, nodes: [step('b')] },
    { id: 'y', name: 'y', when: null, nodes: [] },
  ],
};
const flow: Flow = { nodes: [step('a'), fork, step('c')] };

/** The flow as one line: `a f(x:b|y:) c`. */
const line = (nodes: FlowNode[]): string =>
  nodes
    .map((node) =>
      node.kind === 'branch'
        ? `f(${node.branches.map((branch) => `${branch.name}:${line(branch.nodes)}`).join('|')})`
        : node.id,
    )
    .join(' ');

describe('the builder', () => {
  it.each<[string, Flow, string]>([
    ['inserts first', insertNode(flow, null, 0, step('n')), 'n a f(x:b|y:) c'],
    ['inserts last', insertNode(flow, null, 3, step('n')), 'a f(x:b|y:) c n'],
    ['inserts into a branch', insertNode(flow, 'x', 1, step('n')), 'a f(x:b n|y:) c'],
    ['inserts into an empty branch', insertNode(flow, 'y', 0, step('n')), 'a f(x:b|y:n) c'],
    ['removes', removeNode(flow, 'a'), 'f(x:b|y:) c'],
    ['removes in a branch', removeNode(flow, 'b'), 'a f(x:|y:) c'],
    ['removes branches as a whole', removeNode(flow, 'f'), 'a c'],
    ['moves down', moveNode(flow, 'a', 1), 'f(x:b|y:) a c'],
    ['moves no further than the end', moveNode(flow, 'c', 1), 'a f(x:b|y:) c'],
    ['adds a branch before the rest', addBranch(flow, 'f', 'z'), 'a f(x:b|z:|y:) c'],
    ['dissolves what has one branch left', removeBranch(flow, 'y'), 'a b c'],
    [
      'renames a branch',
      replaceBranch(flow, { id: 'y', name: '其他', when: null, nodes: [] }),
      'a f(x:b|其他:) c',
    ],
    ['replaces', replaceNode(flow, { kind: 'end', id: 'c', outcome: 'rejected' }), 'a f(x:b|y:) c'],
  ])('%s', (_name, changed, expected) => {
    expect(line(changed.nodes)).toBe(expected);
    expect(line(flow.nodes)).toBe('a f(x:b|y:) c');
  });

  it('finds nodes and branches wherever they stand', () => {
    expect(findPart(flow.nodes, 'b')).toMatchObject({ kind: 'approve' });
    expect(findPart(flow.nodes, 'y')).toMatchObject({ when: null });
    expect(findPart(flow.nodes, 'nothing')).toBeNull();
  });

  it.each(['approve', 'cc', 'branch', 'end'] as const)(
    'adds a %s that only lacks what a person must say',
    (kind) => {
      const faults = faultsOf({ nodes: [step('a'), newNode(kind, name)] }).map((fault) => fault.code);
      const open = {
        approve: ['flow_no_approver'],
        cc: ['flow_no_approver'],
        branch: ['flow_no_condition'],
        end: [],
      };
      expect(faults).toEqual(open[kind]);
    },
  );

  it.each(['manager', 'chain', 'chosen'] as const)('offers %s complete', (kind) => {
    const node = { ...step('a'), approvers: [newApprover(kind)] } as FlowNode;
    expect(faultsOf({ nodes: [node] })).toEqual([]);
  });
});
