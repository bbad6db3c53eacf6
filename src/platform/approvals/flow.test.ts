import { describe, expect, test } from 'vitest';
import { type ApproveNode, type Branch, conditionFields, type FlowNode, faultsOf } from './flow.shared.ts';
import { routeOf } from './route.ts';

const step = (id: string, more: Partial<ApproveNode> = {}): ApproveNode => ({
  kind: 'approve',
  id,
  name: id,
  approvers: [{ kind: 'users', users: ['u1'] }],
  mode: 'all',
  ...more,
});
const copy = (id: string): FlowNode => ({ kind: 'cc', id, name: id, approvers: [{ kind: 'chosen' }] });
const end = (id: string, outcome: 'approved' | 'rejected' = 'approved'): FlowNode => ({
  kind: 'end',
  id,
  outcome,
});
const big = { field: 'amount', op: 'gt', value: '100' };
const branch = (id: string, when: Branch['when'], ...nodes: FlowNode[]): Branch => ({
  id,
  name: id,
  when,
  nodes,
});
const fork = (id: string, ...branches: Branch[]): FlowNode => ({ kind: 'branch', id, branches });

describe('a flow is at fault when', () => {
  test.each<[string, FlowNode[], string[]]>([
    ['sound', [step('a'), copy('b')], []],
    ['sound with branches', [fork('f', branch('x', big, step('a')), branch('y', null)), step('b')], []],
    ['it has nothing', [], ['flow_empty']],
    ['nobody ever decides', [copy('a')], ['flow_empty']],
    ['an id comes twice', [step('a'), step('a')], ['flow_node_twice']],
    ['a node has no name', [step('a', { name: ' ' })], ['flow_name_missing']],
    ['a node has no approver', [step('a', { approvers: [] })], ['flow_no_approver']],
    [
      'named people are none',
      [step('a', { approvers: [{ kind: 'users', users: [] }] })],
      ['flow_no_approver'],
    ],
    ['something follows the end', [end('e'), step('a')], ['flow_unreachable']],
    [
      'something follows branches that all end',
      [fork('f', branch('x', big, end('e1')), branch('y', null, end('e2'))), step('a')],
      ['flow_unreachable'],
    ],
    [
      'a branch follows the one that takes all',
      [fork('f', branch('x', null, step('a')), branch('y', big, step('b')))],
      ['flow_unreachable'],
    ],
    ['values may fit no branch', [fork('f', branch('x', big, step('a')), branch('y', big))], ['flow_no_end']],
    ['there is one branch only', [fork('f', branch('x', null, step('a')))], ['flow_one_branch']],
    [
      'a branch has an empty condition',
      [fork('f', branch('x', { and: [] }, step('a')), branch('y', null))],
      ['flow_no_condition'],
    ],
    [
      'a condition speaks of nothing known',
      [fork('f', branch('x', { not: { field: 'colour', op: 'empty' } }, step('a')), branch('y', null))],
      ['flow_unknown_field'],
    ],
    [
      'it is handed to nobody in time',
      [step('a', { limit: { hours: 4, clock: 'clock', effect: 'handTo' } })],
      ['flow_hand_to_nobody'],
    ],
    ['a field may not be changed here', [step('a', { editable: ['owner'] })], ['flow_field_not_editable']],
  ])('%s', (_name, nodes, codes) => {
    const faults = faultsOf({ nodes }, { variables: ['amount'], editable: ['remark'] });
    expect(faults.map((fault) => fault.code)).toEqual(codes);
  });
});

describe('the way through a flow', () => {
  const nodes = [
    step('a'),
    fork('f', branch('x', big, step('b'), end('no', 'rejected')), branch('y', null, copy('c'))),
    step('d'),
  ];
  test.each<[boolean, string[]]>([
    [true, ['a', 'b', 'no']],
    [false, ['a', 'c', 'd']],
  ])('a condition that is %s leads over %j', (met, ids) => {
    expect(routeOf({ nodes }, () => met).map(({ id }) => id)).toEqual(ids);
  });
  test('knows which values decide', () => {
    expect(conditionFields({ nodes })).toEqual(['amount']);
  });
});
