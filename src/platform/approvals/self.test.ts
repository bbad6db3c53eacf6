import { describe, expect, test } from 'vitest';
import type { ApproveNode, Mode } from './flow.shared.ts';
import { act, begin, openSeats } from './machine.ts';
import type { Planned } from './route.ts';
import { withoutSelf } from './self.ts';
import type { Action, World } from './state.ts';

const node = (id: string, more: Partial<ApproveNode> = {}): Planned => ({
  kind: 'approve',
  id,
  name: id,
  approvers: [{ kind: 'users', users: [] }],
  mode: 'all',
  ...more,
});
/** `me` begins; `boss` is above him. */
const world = (cast: string[], more: Partial<World> = {}): World => ({
  cast: new Map([['a', cast]]),
  administrators: ['admin', 'root'],
  self: 'me',
  ...more,
});
const boss = { instead: 'boss' };
const NONE = { administrators: ['me'] };

describe('who is asked instead of the person who began', () => {
  test.each<[string, Mode, string[], Partial<World>, string[], Mode, (string | null)[]]>([
    ['his superior', 'all', ['me'], boss, ['boss'], 'all', ['self']],
    ['without one any administrator', 'all', ['me'], {}, ['admin', 'root'], 'any', ['self', 'self']],
    ['beside others his superior', 'all', ['ann', 'me'], boss, ['ann', 'boss'], 'all', [null, 'self']],
    ['beside others one administrator', 'all', ['ann', 'me'], {}, ['ann', 'admin'], 'all', [null, 'self']],
    ['a superior who is asked anyway', 'all', ['boss', 'me'], boss, ['boss'], 'all', [null]],
    [
      'where one is enough: the others',
      'any',
      ['me', 'ann', 'bob'],
      boss,
      ['ann', 'bob'],
      'any',
      [null, null],
    ],
    ['where one is enough and he is the one', 'any', ['me'], boss, ['boss'], 'any', ['self']],
    ['in turn: at his place', 'turn', ['me', 'ann'], boss, ['boss'], 'turn', ['self', null]],
    [
      'another administrator where he is one',
      'all',
      ['me'],
      { administrators: ['me', 'root'] },
      ['root'],
      'all',
      ['self'],
    ],
    ['nobody else there: himself', 'all', ['me'], NONE, ['me'], 'all', ['alone']],
    ['others there, no administrator: they', 'all', ['me', 'ann'], NONE, ['ann'], 'all', [null]],
    [
      'an empty node: administrators but himself',
      'all',
      [],
      { administrators: ['me', 'root'] },
      ['root'],
      'any',
      ['empty'],
    ],
    ['an empty node, he the only administrator', 'all', [], NONE, ['me'], 'any', ['alone']],
    ['allowed: himself', 'all', ['me', 'ann'], { self: undefined }, ['me', 'ann'], 'all', [null, null]],
    ['he is not asked at all', 'all', ['ann'], boss, ['ann'], 'all', [null]],
  ])('%s', (_name, mode, cast, more, people, after, notes) => {
    const { state } = begin([node('a', { mode })], world(cast, more));
    const [step] = state.steps;
    expect({
      asked: openSeats(state).map(({ seat }) => seat.person),
      mode: step?.mode,
      notes: step?.seats.map((seat) => seat.note ?? null),
    }).toEqual({ asked: people, mode: after, notes });
  });
});

test('a superior who agreed earlier passes in his place', () => {
  const people: World = {
    ...world([], boss),
    cast: new Map([
      ['a', ['boss']],
      ['b', ['me']],
    ]),
  };
  const { state } = begin([node('a'), node('b')], people);
  const seat = openSeats(state)[0]?.seat.id as string;
  expect(act(state, { kind: 'approve', seat }, people).state.status).toBe('approved');
});

test('the history says who is asked in his place', () => {
  const { marks } = begin([node('a')], world(['me'], boss));
  expect(marks).toContainEqual({ kind: 'self', step: 's1', people: ['boss'] });
});

describe('others do not bring him in', () => {
  const people = world(['ann'], boss);
  const { state } = begin([node('a')], people);
  const seat = openSeats(state)[0]?.seat.id as string;
  test.each<[string, Action]>([
    ['handed over', { kind: 'hand', seat, to: 'me' }],
    ['asked before', { kind: 'add', seat, by: 'ann', where: 'before', people: ['me'], mode: 'all' }],
    ['asked after', { kind: 'add', seat, by: 'ann', where: 'after', people: ['bob', 'me'], mode: 'all' }],
  ])('%s', (_name, action) => {
    expect(() => act(state, action, people)).toThrow(expect.objectContaining({ code: 'approval_self' }));
  });

  test.each<[string, Partial<ApproveNode['limit'] & object>, string[]]>([
    ['a time limit that hands to him goes to his superior', { effect: 'handTo', to: 'me' }, ['boss']],
    ['one that goes up to him too', { effect: 'escalate' }, ['boss']],
  ])('%s', (_name, limit, asked) => {
    const late = begin(
      [node('a', { limit: { hours: 1, clock: 'clock', effect: 'handTo', ...limit } })],
      people,
    );
    const up = { ...people, managers: new Map([['ann', 'me']]) };
    const { state: after } = act(late.state, { kind: 'expire', step: 's1' }, up);
    expect(openSeats(after).map(({ seat: open }) => open.person)).toEqual(asked);
  });
});

test('a node he is not at is left as it is', () => {
  expect(withoutSelf(['ann'], 'all', 'me', { administrators: [] })).toBeNull();
  expect(withoutSelf(['me'], 'all', undefined, { administrators: [] })).toBeNull();
});
