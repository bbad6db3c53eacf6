import type { Context } from '../context/context.ts';
import type { Approver, SelfRule } from './flow.shared.ts';
import type { Planned } from './route.ts';
import { withoutSelf } from './self.ts';
import type { World } from './state.ts';

/** Who chose whom, by node. */
export type Chosen = Readonly<Record<string, readonly string[]>>;

/** The people of every node on a way, as the company is now; who is not active is not asked. */
export async function worldOf(
  ctx: Context,
  route: readonly Planned[],
  starter: string | null,
  chosen: Chosen,
  rule: SelfRule = 'superior',
  asked: readonly string[] = [],
): Promise<World> {
  const { directory } = ctx.approvals;
  const known = new Map<string, Promise<string[]>>();
  const once = (key: string, look: () => Promise<string[]>) => {
    const found = known.get(key) ?? look();
    known.set(key, found);
    return found;
  };
  const above = (person: string) => once(`m${person}`, () => directory.managersAbove(ctx, person));
  const people = async (approver: Approver, node: string): Promise<readonly string[]> => {
    switch (approver.kind) {
      case 'users':
        return approver.users;
      case 'role':
        return once(`r${approver.role}`, () => directory.inRole(ctx, approver.role));
      case 'chosen':
        return chosen[node] ?? [];
      case 'chain':
        return starter ? (await above(starter)).slice(0, approver.levels) : [];
      case 'manager': {
        if (!starter) return [];
        const chain =
          approver.of === 'starter'
            ? await above(starter)
            : await once('d', () => directory.departmentManagersAbove(ctx, starter));
        const found = chain[approver.level - 1];
        return found ? [found] : [];
      }
    }
  };
  const cast = new Map<string, string[]>();
  for (const node of route) {
    if (node.kind === 'end') continue;
    const found = [];
    for (const approver of node.approvers) found.push(...(await people(approver, node.id)));
    cast.set(node.id, [...new Set(found)]);
  }
  const managers = new Map<string, string>();
  for (const person of asked) {
    const [manager] = await above(person);
    if (manager) managers.set(person, manager);
  }
  const barred = rule === 'allowed' ? null : starter;
  const superiors = barred && rule === 'superior' ? await above(barred) : [];
  const [active, administrators] = await Promise.all([
    directory.active(ctx, [...new Set([...cast.values(), ...managers.values(), superiors].flat())]),
    directory.administrators(ctx),
  ]);
  for (const [node, ids] of cast)
    cast.set(
      node,
      ids.filter((id) => active.has(id)),
    );
  for (const [person, manager] of managers) if (!active.has(manager)) managers.delete(person);
  const instead = superiors.find((person) => person !== barred && active.has(person));
  return {
    cast,
    administrators,
    managers,
    ...(barred ? { self: barred } : {}),
    ...(instead ? { instead } : {}),
  };
}

/** Whom each node would ask, the person who begins left out as the flow has it. */
export function shownPeople(route: readonly Planned[], world: World): ReadonlyMap<string, readonly string[]> {
  return new Map(
    route.flatMap((node) => {
      if (node.kind === 'end') return [];
      const people = world.cast.get(node.id) ?? [];
      const replaced = node.kind === 'approve' ? withoutSelf(people, node.mode, world.self, world) : null;
      return [[node.id, replaced?.people ?? people] as const];
    }),
  );
}
