import { describe, expect, test } from 'vitest';
import type { ApproveNode } from './flow.shared.ts';
import { act, begin, earlierSteps, openSeats } from './machine.ts';
import type { Planned } from './route.ts';
import type { Action, State, World } from './state.ts';

const node = (id: string, more: Partial<ApproveNode> = {}): Planned => ({
  kind: 'approve',
  id,
  name: id,
  approvers: [{ kind: 'users', users: [] }],
  mode: 'all',
  ...more,
});
const world = (cast: Record<string, string[]>, managers: Record<string, string> = {}): World => ({
  cast: new Map(Object.entries(cast)),
  administrators: ['admin'],
  managers: new Map(Object.entries(managers)),
});
const asked = (state: State) => openSeats(state).map(({ seat }) => seat.person);
const seatOf = (state: State, person: string) => {
  const found = openSeats(state).find(({ seat }) => seat.person === person);
  if (!found) throw new Error(`${person} is not asked, but ${asked(state).join()}`);
  return found.seat.id;
};

/** Plays a story: `ann` approves, `-ann` rejects, others are actions made from the state. */
function play(
  route: Planned[],
  people: World,
  story: (string | ((state: State) => Action))[],
): { state: State; marks: string[] } {
  let { state, marks } = begin(route, people);
  const all = [...marks];
  for (const move of story) {
    const action: Action =
      typeof move === 'function'
        ? move(state)
        : move.startsWith('-')
          ? { kind: 'reject', seat: seatOf(state, move.slice(1)), to: 'end' }
          : { kind: 'approve', seat: seatOf(state, move) };
    ({ state, marks } = act(state, action, people));
    all.push(...marks);
  }
  return { state, marks: all.map((mark) => mark.kind) };
}
const hand = (from: string, to: string) => (state: State) =>
  ({ kind: 'hand', seat: seatOf(state, from), to }) as const;
const add =
  (by: string, where: 'before' | 'after', ...people: string[]) =>
  (state: State) =>
    ({ kind: 'add', seat: seatOf(state, by), by, where, people, mode: 'all' }) as const;
const back = (person: string, at: number) => (state: State) =>
  ({ kind: 'reject', seat: seatOf(state, person), to: { step: state.steps[at]?.id ?? '' } }) as const;
const toStarter = (person: string) => (state: State) =>
  ({ kind: 'reject', seat: seatOf(state, person), to: 'starter' }) as const;
const replace = (from: string, to: string, back?: boolean) => (): Action => ({
  kind: 'replace',
  from,
  to,
  ...(back ? { back } : {}),
});
const withdraw = (): Action => ({ kind: 'withdraw' });
const expire = (state: State): Action => ({ kind: 'expire', step: state.steps[state.at]?.id ?? '' });

const AB = world({ a: ['ann', 'bob'], b: ['cid'], c: ['cid'], none: [] });
const all = [node('a'), node('b')];
const any = [node('a', { mode: 'any' }), node('b')];
const turn = [node('a', { mode: 'turn' }), node('b')];
const limited = (then: 'approve' | 'reject' | 'handTo' | 'escalate', to?: string) => [
  node('a', { limit: { hours: 1, clock: 'clock', effect: then, ...(to ? { to } : {}) } }),
  node('b'),
];

describe('who is asked after', () => {
  test.each<[string, Planned[], Parameters<typeof play>[2], string, string[]]>([
    ['all: beginning', all, [], 'running', ['ann', 'bob']],
    ['all: one has agreed', all, ['bob'], 'running', ['ann']],
    ['all: both have', all, ['bob', 'ann'], 'running', ['cid']],
    ['all: the last has', all, ['bob', 'ann', 'cid'], 'approved', []],
    ['all: one says no', all, ['bob', '-ann'], 'rejected', []],
    ['any: one has agreed', any, ['bob'], 'running', ['cid']],
    ['any: one says no', any, ['-bob'], 'rejected', []],
    ['turn: beginning', turn, [], 'running', ['ann']],
    ['turn: the first has agreed', turn, ['ann'], 'running', ['bob']],
    ['turn: both have', turn, ['ann', 'bob'], 'running', ['cid']],
    ['a node without anybody', [node('none')], [], 'running', ['admin']],
    ['the same person again passes', [node('b'), node('c'), node('a')], ['cid'], 'running', ['ann', 'bob']],
    ['the same person at the end passes', [node('b'), node('c')], ['cid'], 'approved', []],
    [
      'a copy stops nobody',
      [{ kind: 'cc', id: 'b', name: 'b', approvers: [] }, node('a')],
      [],
      'running',
      ['ann', 'bob'],
    ],
    ['only copies: approved', [{ kind: 'cc', id: 'b', name: 'b', approvers: [] }], [], 'approved', []],
    ['no node at all: approved', [], [], 'approved', []],
    [
      'an end that rejects',
      [node('b'), { kind: 'end', id: 'e', outcome: 'rejected' }],
      ['cid'],
      'rejected',
      [],
    ],
    ['an end that approves', [{ kind: 'end', id: 'e', outcome: 'approved' }, node('a')], [], 'approved', []],
    ['handed to another', all, [hand('ann', 'dan')], 'running', ['dan', 'bob']],
    ['the other agreed', all, [hand('ann', 'dan'), 'dan', 'bob'], 'running', ['cid']],
    ['handed on in turn', turn, [hand('ann', 'dan'), 'dan'], 'running', ['bob']],
    ['someone added before', all, ['bob', add('ann', 'before', 'dan')], 'running', ['dan']],
    ['the added one agreed', all, ['bob', add('ann', 'before', 'dan'), 'dan'], 'running', ['ann']],
    [
      'added before in turn',
      turn,
      ['ann', add('bob', 'before', 'dan', 'eve'), 'dan', 'eve'],
      'running',
      ['bob'],
    ],
    [
      'added twice before',
      all,
      [add('ann', 'before', 'dan'), add('dan', 'before', 'eve'), 'eve'],
      'running',
      ['dan'],
    ],
    ['someone added after', all, [add('ann', 'after', 'dan'), 'ann', 'bob'], 'running', ['dan']],
    ['the one after agreed', all, [add('ann', 'after', 'dan'), 'ann', 'bob', 'dan'], 'running', ['cid']],
    ['added after, who agreed before', all, ['ann', add('bob', 'after', 'ann'), 'bob'], 'running', ['ann']],
    ['sent back to the first', all, ['ann', 'bob', back('cid', 0)], 'running', ['ann', 'bob']],
    ['sent back and agreed again', all, ['ann', 'bob', back('cid', 0), 'ann', 'bob'], 'running', ['cid']],
    ['returned to the starter', all, ['ann', toStarter('bob')], 'returned', []],
    ['one leaves: another in his place', all, [replace('ann', 'dan')], 'running', ['dan', 'bob']],
    ['one leaves, the other is asked anyway', all, [replace('ann', 'bob')], 'running', ['bob']],
    ['one leaves, the other has agreed', all, ['bob', replace('ann', 'bob')], 'running', ['cid']],
    ['one leaves whose turn is to come', turn, [replace('bob', 'dan'), 'ann'], 'running', ['dan']],
    ['one leaves whose turn it is', turn, [replace('ann', 'dan'), 'dan'], 'running', ['bob']],
    [
      'one leaves who was added after',
      all,
      [add('ann', 'after', 'eve'), replace('eve', 'dan'), 'ann', 'bob'],
      'running',
      ['dan'],
    ],
    [
      'one leaves while somebody is asked before him',
      all,
      [add('ann', 'before', 'eve'), replace('ann', 'dan'), 'eve'],
      'running',
      ['dan', 'bob'],
    ],
    ['and comes back', all, [replace('ann', 'dan'), replace('dan', 'ann', true)], 'running', ['ann', 'bob']],
    ['withdrawn', all, ['ann', withdraw], 'withdrawn', []],
    ['returned and withdrawn', all, [toStarter('bob'), withdraw], 'withdrawn', []],
    ['too late: passes', limited('approve'), [expire], 'running', ['cid']],
    ['too late: refused', limited('reject'), [expire], 'rejected', []],
    ['too late: handed', limited('handTo', 'dan'), ['bob', expire], 'running', ['dan']],
    ['too late: up', limited('escalate'), [expire], 'running', ['zoe', 'admin']],
  ])('%s', (_name, route, story, status, people) => {
    const { state } = play(route, { ...AB, managers: new Map([['ann', 'zoe']]) }, story);
    expect({ status: state.status, people: asked(state) }).toEqual({ status, people });
  });
});

test('resubmitted, everybody is asked anew, on the way of the new values', () => {
  const resubmit = (): Action => ({ kind: 'resubmit', route: [node('b')] });
  const { state } = play(all, AB, ['ann', toStarter('bob'), resubmit]);
  expect({ round: state.round, people: asked(state) }).toEqual({ round: 2, people: ['cid'] });
});

test('managers in a chain are asked one after the other', () => {
  const { state } = play([node('a', { approvers: [{ kind: 'chain', levels: 2 }] })], AB, []);
  expect(asked(state)).toEqual(['ann']);
});

test('the history tells what went by itself', () => {
  expect(play([node('b'), node('c'), node('none')], AB, ['cid']).marks).toEqual([
    'submitted',
    'opened',
    'approved',
    'passed',
    'empty',
    'opened',
  ]);
});

test('it may be sent back to steps where people decided, not to copies or what is to come', () => {
  const route: Planned[] = [
    node('b'),
    { kind: 'cc', id: 'x', name: 'x', approvers: [] },
    node('a'),
    node('c'),
  ];
  const { state } = play(route, AB, ['cid']);
  expect(earlierSteps(state).map((step) => step.node)).toEqual(['b']);
});

describe('refused', () => {
  const code = (work: () => unknown) => {
    try {
      work();
    } catch (error) {
      return (error as { code?: string }).code;
    }
    return 'nothing was refused';
  };
  const running = begin(all, AB).state;
  const seat = seatOf(running, 'ann');
  const decided = act(running, { kind: 'approve', seat }, AB).state;
  const withdrawn = act(running, { kind: 'withdraw' }, AB).state;
  test.each<[string, State, Action, string]>([
    ['deciding twice', decided, { kind: 'approve', seat }, 'approval_decided'],
    ['rejecting what one approved', decided, { kind: 'reject', seat, to: 'end' }, 'approval_decided'],
    ['a seat that is none', running, { kind: 'approve', seat: 'p99' }, 'approval_decided'],
    ['approving what was withdrawn', withdrawn, { kind: 'approve', seat }, 'approval_ended'],
    ['withdrawing twice', withdrawn, { kind: 'withdraw' }, 'approval_ended'],
    [
      'sending back to what is to come',
      running,
      { kind: 'reject', seat, to: { step: 's2' } },
      'approval_bad_target',
    ],
    ['sending back to itself', running, { kind: 'reject', seat, to: { step: 's1' } }, 'approval_bad_target'],
    [
      'handing to someone asked already',
      running,
      { kind: 'hand', seat, to: 'bob' },
      'approval_asked_already',
    ],
    [
      'handing to someone who agreed',
      decided,
      { kind: 'hand', seat: seatOf(decided, 'bob'), to: 'ann' },
      'approval_asked_already',
    ],
    [
      'adding nobody',
      running,
      { kind: 'add', seat, by: 'ann', where: 'after', people: [], mode: 'all' },
      'approval_nobody_named',
    ],
    ['replacing whom nobody asks', running, { kind: 'replace', from: 'zoe', to: 'dan' }, 'approval_decided'],
    [
      'giving back what was not left to him',
      running,
      { kind: 'replace', from: 'ann', to: 'dan', back: true },
      'approval_decided',
    ],
    [
      'replacing in what was withdrawn',
      withdrawn,
      { kind: 'replace', from: 'ann', to: 'dan' },
      'approval_ended',
    ],
    ['submitting what runs', running, { kind: 'resubmit', route: [] }, 'approval_not_returned'],
    ['a time limit there is not', running, { kind: 'expire', step: 's1' }, 'approval_not_due'],
  ])('%s', (_name, state, action, expected) => {
    const before = structuredClone(state);
    expect(code(() => act(state, action, AB))).toBe(expected);
    expect(state).toEqual(before);
  });
});
