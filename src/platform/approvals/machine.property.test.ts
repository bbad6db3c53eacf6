import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Branch, FlowNode } from './flow.shared.ts';
import { faultsOf } from './flow.shared.ts';
import { act, begin, earlierSteps, openSeats } from './machine.ts';
import { routeOf } from './route.ts';
import type { Action, State, World } from './state.ts';

const PEOPLE = ['ann', 'bob', 'cid', 'dan', 'eve'];
const person = fc.constantFrom(...PEOPLE);
const ids = (() => {
  let last = 0;
  return () => `n${++last}`;
})();

const limit = fc
  .constantFrom('approve' as const, 'reject' as const, 'escalate' as const, 'handTo' as const)
  .map((then) => ({
    hours: 1,
    clock: 'clock' as const,
    effect: then,
    ...(then === 'handTo' ? { to: 'eve' } : {}),
  }));
const approve = fc.record({
  kind: fc.constant('approve' as const),
  mode: fc.constantFrom('all' as const, 'any' as const, 'turn' as const),
  limit: fc.option(limit, { nil: undefined }),
  approvers: fc.array(fc.constantFrom({ kind: 'chosen' as const }, { kind: 'chain' as const, levels: 2 }), {
    minLength: 1,
    maxLength: 2,
  }),
});
const copy = fc.constant({ kind: 'cc' as const, approvers: [{ kind: 'chosen' as const }] });
const end = fc
  .constantFrom('approved' as const, 'rejected' as const)
  .map((outcome) => ({ kind: 'end' as const, outcome }));

/** Any sound flow: branches meet, the last branch takes what is left, nothing follows an end. */
const flow: fc.Arbitrary<FlowNode[]> = fc.letrec<{ nodes: FlowNode[] }>((tie) => ({
  nodes: fc
    .tuple(
      fc.array(
        fc.oneof(
          { weight: 4, arbitrary: approve },
          { weight: 1, arbitrary: copy },
          {
            weight: 1,
            arbitrary: fc.tuple(tie('nodes'), tie('nodes')).map(([a, b]) => ({
              kind: 'branch' as const,
              branches: [
                { when: { field: 'amount', op: 'gt', value: '1' }, nodes: a },
                { when: null, nodes: b },
              ] as Branch[],
            })),
          },
        ),
        { maxLength: 4 },
      ),
      fc.option(end, { nil: null, freq: 5 }),
    )
    .map(([some, last]) => [...some, ...(last ? [last] : [])].map(named)),
})).nodes;

const named = (node: object): FlowNode => {
  const given = { ...node, id: ids(), name: '节点' } as FlowNode;
  if (given.kind === 'branch')
    given.branches = given.branches.map((branch) => ({ ...branch, id: ids(), name: '条件' }));
  return given;
};

/** People for every node, some with none. */
const worldOf = ([seeds, self]: [string[][], string | null]): World => ({
  ...(self ? { self, instead: 'bob' } : {}),
  cast: { get: (node: string) => seeds[Number(node.slice(1)) % seeds.length] } as unknown as World['cast'],
  administrators: ['zoe'],
  managers: new Map([
    ['ann', 'bob'],
    ['bob', 'cid'],
  ]),
});
const world = fc
  .tuple(
    fc.array(fc.uniqueArray(person, { maxLength: 3 }), { minLength: 1, maxLength: 5 }),
    fc.option(person, { nil: null }),
  )
  .map(worldOf);

/** A number says which of the things possible happens. */
type Dice = number;
const ACTIVE = ['running', 'returned'];

function move(state: State, dice: Dice, route: () => ReturnType<typeof routeOf>): Action | null {
  if (!ACTIVE.includes(state.status)) return null;
  if (state.status === 'returned')
    return dice % 4 === 0 ? { kind: 'withdraw' } : { kind: 'resubmit', route: route() };
  const open = openSeats(state);
  const { seat, step } = open[dice % open.length] as (typeof open)[number];
  const who = PEOPLE[dice % PEOPLE.length] as string;
  const earlier = earlierSteps(state);
  switch (dice % 12) {
    case 0:
      return { kind: 'reject', seat: seat.id, to: 'end' };
    case 1:
      return { kind: 'reject', seat: seat.id, to: 'starter' };
    case 2:
      return {
        kind: 'reject',
        seat: seat.id,
        to: { step: earlier[dice % (earlier.length || 1)]?.id ?? 'none' },
      };
    case 3:
      return { kind: 'hand', seat: seat.id, to: who };
    case 4:
      return { kind: 'add', seat: seat.id, by: seat.person, where: 'before', people: [who], mode: 'all' };
    case 5:
      return {
        kind: 'add',
        seat: seat.id,
        by: seat.person,
        where: 'after',
        people: [who, 'eve'],
        mode: 'any',
      };
    case 6:
      return { kind: 'expire', step: step.id };
    case 8:
      return { kind: 'replace', from: seat.person, to: who };
    case 7:
      return dice % 3 === 0 ? { kind: 'withdraw' } : { kind: 'approve', seat: seat.id };
    default:
      return { kind: 'approve', seat: seat.id };
  }
}

test('whatever happens on whatever flow: somebody is asked or it has ended; agreeing ends it; nothing is decided twice', () => {
  fc.assert(
    fc.property(
      flow,
      world,
      fc.array(fc.nat(9999), { maxLength: 40 }),
      fc.boolean(),
      (nodes, people, dice, large) => {
        const route = () => routeOf({ nodes }, () => large);
        let { state } = begin(route(), people);
        const used: string[] = [];
        const sound = () => {
          // As long as it runs somebody can act; once it has ended nobody is asked.
          expect(openSeats(state).length > 0).toBe(state.status === 'running');
          // Who began it is never asked: there is always somebody else here.
          expect(openSeats(state).some(({ seat }) => seat.person === people.self)).toBe(false);
        };
        sound();
        const take = (action: Action): boolean => {
          const before = structuredClone(state);
          try {
            const next = act(state, action, people);
            expect(state).toEqual(before);
            state = next.state;
          } catch (error) {
            // A refusal has a code and changes nothing.
            expect((error as { code?: string }).code).toMatch(/^approval_/);
            expect(state).toEqual(before);
            return false;
          }
          sound();
          return true;
        };
        for (const each of dice) {
          const action = move(state, each, route);
          if (!action) break;
          const taken = take(action);
          if (taken && 'seat' in action && action.kind !== 'add') used.push(action.seat);
        }
        // A seat decides once, whatever came between.
        for (const seat of used) expect(() => act(state, { kind: 'approve', seat }, people)).toThrow();
        if (state.status === 'withdrawn') {
          expect(() => act(state, { kind: 'resubmit', route: route() }, people)).toThrow();
          return;
        }
        // From anywhere it comes to its end within a bounded number of decisions.
        if (state.status === 'returned') take({ kind: 'resubmit', route: route() });
        let left = 2000;
        while (state.status === 'running' && left-- > 0)
          take({ kind: 'approve', seat: openSeats(state)[0]?.seat.id as string });
        expect(['approved', 'rejected']).toContain(state.status);
        expect(new Set(used).size).toBe(used.length);
      },
    ),
    { numRuns: 600 },
  );
});

test('a flow made of sound parts has no fault but being empty', () => {
  fc.assert(
    fc.property(flow, (nodes) => {
      const codes = faultsOf({ nodes }).map((fault) => fault.code);
      expect(codes.filter((code) => code !== 'flow_empty' && code !== 'flow_unreachable')).toEqual([]);
    }),
    { numRuns: 200 },
  );
});
