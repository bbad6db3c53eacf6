import { rowInScope } from '../../../platform/access/where.ts';
import type { Context } from '../../../platform/context/context.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import type { Draft, Row } from '../../../platform/entity/behaviour.ts';
import { moveToBin } from '../../../platform/entity/mass-work.ts';
import { changeRows, createDrafts, lockRows } from '../../../platform/entity/records.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { forbidden, invalid, problem } from '../../../platform/errors/problem.ts';
import { exact } from '../../../platform/money/amounts.shared.ts';
import { lastDay, type PeriodKind, yearOn } from '../../../platform/time/period.shared.ts';
import { type AspectTold, aspectTold } from '../measure.ts';
import { belowOf, type Person, peopleSeen, seesAll, seesTeam, type Team, teamsOf } from '../people.ts';
import { type Aspect, type StoredTarget, subjectOf, targetFor, targetsIn } from './read.ts';

/** A target in the grid, by what it is for. */
export interface Cell {
  period: PeriodKind;
  startsOn: string;
  amount: string;
  version: number;
}

export interface GridRow {
  kind: 'company' | 'team' | 'person';
  id: string;
  name: string;
  /** The department it stands under. */
  parent: string | null;
  writable: boolean;
  cells: Cell[];
  /** What it has for the year: set, or what its months add up to. */
  total: string | null;
}

export interface Grid {
  measure: string;
  of: AspectTold;
  year: number;
  /** The first day of the year. */
  startsOn: string;
  rows: GridRow[];
}

/** Targets of a year: the company, departments and the people in them, as far as the caller may see them. */
export async function gridOf(ctx: Context, measure: string, year: number, aspect: Aspect): Promise<Grid> {
  if (!ctx.policies.for('salesTarget').can('read')) throw forbidden();
  const first = yearOn(year, ctx.yearBegins);
  const [people, teams, targets, of] = await Promise.all([
    peopleSeen(ctx),
    teamsOf(ctx),
    targetsIn(ctx, [measure], aspect, first, lastDay('year', first)),
    aspectTold(ctx, aspect),
  ]);
  const known = Map.groupBy(targets, subjectOf);
  const scope = ctx.policies.for('salesTarget').scope('update');
  const row = (kind: GridRow['kind'], id: string, name: string, parent: string | null): GridRow => {
    const own = known.get(id) ?? [];
    const owner_id = kind === 'person' ? id : null;
    const department_id = kind === 'team' ? id : parent;
    return {
      kind,
      id,
      name,
      parent,
      writable: rowInScope(scope, { owner_id, department_id, root_owner_id: null }, true),
      cells: own.map(({ period, startsOn, amount, version }) => ({ period, startsOn, amount, version })),
      total: targetFor(own, 'year', first),
    };
  };
  const shown = people.filter(({ id, active }) => active || known.has(id));
  return {
    measure,
    of,
    year,
    startsOn: first,
    rows: [...(seesAll(ctx) ? [row('company', '', '', null)] : []), ...arranged(ctx, shown, teams, row)],
  };
}

/** Every department with its people, those above before those below; people without one last. */
function arranged(
  ctx: Context,
  people: readonly Person[],
  teams: readonly Team[],
  row: (kind: GridRow['kind'], id: string, name: string, parent: string | null) => GridRow,
): GridRow[] {
  const inside = Map.groupBy(people, ({ department }) => department ?? '');
  const below = belowOf(teams);
  const inTree = new Set(teams.map(({ id }) => id));
  const shown = teams.filter(
    ({ id }) => seesTeam(ctx, id) && [...below(id)].some((each) => inside.has(each)),
  );
  const rows = shown.flatMap((team) => [
    row('team', team.id, team.name, team.parent),
    ...(inside.get(team.id) ?? []).map(({ id, name }) => row('person', id, name, team.id)),
  ]);
  const told = new Set(shown.map(({ id }) => id));
  const others = people.filter(
    ({ department }) => !department || !inTree.has(department) || !told.has(department),
  );
  return [...rows, ...others.map(({ id, name, department }) => row('person', id, name, department))];
}

/** A value put into the grid; null takes the target away. */
export interface CellChange {
  person?: string | null | undefined;
  team?: string | null | undefined;
  period: PeriodKind;
  startsOn: string;
  amount: string | null;
  /** What stood there when it was written, null for nothing; where something else stands now, nothing is put in place. */
  was?: string | null | undefined;
}

/** Puts values of the grid in place, all or none of them. What is set to what it was already is left alone. */
export async function putCells(
  ctx: Context,
  measure: string,
  aspect: Aspect,
  cells: readonly CellChange[],
): Promise<{ made: number; changed: number; removed: number }> {
  const entity = entityNamed(ctx.registry, 'salesTarget');
  const days = cells.map(({ startsOn }) => startsOn).toSorted();
  const [from, to] = [days[0], days.at(-1)];
  if (!from || !to) return { made: 0, changed: 0, removed: 0 };
  const key = (cell: Pick<CellChange, 'person' | 'team' | 'period' | 'startsOn'>) =>
    `${cell.period}/${cell.startsOn}/${cell.person ?? cell.team ?? ''}`;
  if (new Set(cells.map(key)).size < cells.length) throw problem('target_twice', { status: 422 });
  return inTransaction(ctx, async (inner) => {
    const stored = new Map(
      (await targetsIn(inner, [measure], aspect, from, to)).map((each) => [key(each), each]),
    );
    const touched = cells.flatMap((cell) => {
      const before = stored.get(key(cell));
      return before && before.amount !== cell.amount ? [{ cell, before }] : [];
    });
    const ids = touched.map(({ before }) => before.id);
    const rows = new Map<string, Row>(
      (ids.length ? await lockRows(inner, entity, ids) : []).map((row) => [row.id as string, row]),
    );
    refuseMoved(cells, (cell) => {
      const before = stored.get(key(cell));
      return (rows.get(before?.id ?? '')?.amount as string | undefined) ?? before?.amount ?? null;
    });
    const gone = touched.filter(({ cell }) => cell.amount === null);
    const changed = touched.flatMap(({ cell, before }) => {
      const row = rows.get(before.id);
      return cell.amount !== null && row ? [{ cell, row }] : [];
    });
    requireRights(inner, { gone: gone.map(({ before }) => before), rows });
    const { drafts } = changed.length
      ? await changeRows(
          inner,
          entity,
          changed.map(({ cell, row }) => ({ row, values: { amount: cell.amount } })),
        )
      : { drafts: [] };
    const fresh = cells.filter((cell) => cell.amount !== null && !stored.has(key(cell)));
    const made = fresh.length
      ? await createDrafts(
          inner,
          entity,
          fresh.map(({ person, team, was: _was, ...cell }) => ({
            ...wireOf(measure, aspect),
            ...cell,
            owner: person ?? null,
            ...(team ? { team } : {}),
          })),
        )
      : [];
    refuse([...drafts, ...made], [...changed.map(({ cell }) => cell), ...fresh], cells);
    if (gone.length)
      await moveToBin(
        inner,
        entity,
        gone.flatMap(({ before }): Row[] => {
          const row = rows.get(before.id);
          return row ? [row] : [];
        }),
      );
    return { made: made.length, changed: changed.length, removed: gone.length };
  });
}

const wireOf = (measure: string, { product, category, province }: Aspect) => ({
  measure,
  ...(product ? { product } : {}),
  ...(category ? { category } : {}),
  ...(province ? { province } : {}),
});

function requireRights(
  ctx: Context,
  { gone, rows }: { gone: readonly StoredTarget[]; rows: ReadonlyMap<string, Record<string, unknown>> },
): void {
  const policy = ctx.policies.for('salesTarget');
  for (const row of rows.values()) if (!rowInScope(policy.scope('update'), row, true)) throw forbidden();
  for (const { id } of gone) {
    const row = rows.get(id);
    if (row && !rowInScope(policy.scope('delete'), row, true)) throw forbidden();
  }
  if (!policy.can('create')) throw forbidden();
}

/** Somebody else wrote a cell since it was read: his value is not put aside unseen. */
function refuseMoved(cells: readonly CellChange[], standing: (cell: CellChange) => string | null): void {
  const moved = cells.flatMap((cell, at) => {
    const now = standing(cell);
    const seen = cell.was === undefined || same(cell.was, now) || same(cell.amount, now);
    return seen ? [] : [{ path: `cells.${at}.amount`, now: now ?? '–' }];
  });
  if (moved.length === 0) return;
  const params = {
    count: moved.length,
    now: moved
      .slice(0, 5)
      .map(({ now }) => now)
      .join('、'),
  };
  const errors = moved.map(({ path, now }) => ({ path, code: 'target_moved', params: { count: 1, now } }));
  throw problem('target_moved', { status: 409, params, errors });
}

const same = (one: string | null, other: string | null): boolean =>
  one === other || (one !== null && other !== null && exact(one) === exact(other));

/** Names the cell a problem is in. */
function refuse(drafts: readonly Draft[], cells: readonly CellChange[], all: readonly CellChange[]): void {
  const errors = drafts.flatMap(({ problems }, at) =>
    problems.map((each) => ({
      ...each,
      path: `cells.${all.indexOf(cells[at] as CellChange)}.${each.path || 'amount'}`,
    })),
  );
  if (errors.length) throw invalid(errors);
}
