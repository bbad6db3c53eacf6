import { sql } from 'kysely';
import { z } from 'zod';
import type { Context } from '../../../platform/context/context.ts';
import { notFound } from '../../../platform/errors/problem.ts';
import type { Period } from '../grade/period.ts';
import type { SchemeDefinition, SchemeKind } from './definition.shared.ts';
import { parseDefinition } from './definition.ts';

/** What is needed of a scheme to grade by it. */
export interface Scheme {
  id: string;
  name: string;
  kind: SchemeKind;
  period: Period;
  departmentId: string | null;
  active: boolean;
  main: boolean;
  problem: string | null;
  gradedAt: string | null;
  definition: SchemeDefinition;
}

const columns = sql`id, name, kind, period, department_id as "departmentId", coalesce(active, false) as active,
  coalesce(main, false) as main, problem, definition,
  to_char(graded_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "gradedAt"`;

/** The schemes in use, the main one first. */
export async function activeSchemes(ctx: Pick<Context, 'db'>): Promise<Scheme[]> {
  const { rows } = await sql<Scheme>`select ${columns} from grade_scheme where deleted_at is null and active
    order by main desc nulls last, name_key, id`.execute(ctx.db);
  return rows.map(parsed);
}

/** A scheme by its id; who may see schemes sees all. */
export async function schemeNamed(ctx: Context, id: string): Promise<Scheme> {
  const { rows } = z.guid().safeParse(id).success
    ? await sql<Scheme>`select ${columns} from grade_scheme where id = ${id} and deleted_at is null`.execute(
        ctx.db,
      )
    : { rows: [] };
  if (!rows[0]) throw notFound('gradeScheme');
  return parsed(rows[0]);
}

const parsed = (row: Scheme): Scheme => ({ ...row, definition: parseDefinition(row.definition) });
