import { sql } from 'kysely';
import { peopleWithin } from '../../../platform/access/people.ts';
import type { Context } from '../../../platform/context/context.ts';
import type { CountedFigure } from '../../../platform/figures/read.ts';
import { reportingTo } from './addressed.ts';
import type { Which } from './mine.ts';
import { periodOf } from './period.ts';

export interface TeamLine {
  person: { id: string; title: string };
  /** `none`: nothing written yet. */
  status: 'none' | 'open' | 'handedIn' | 'read';
  report: string | null;
  /** It is handed to the caller, who says that he has read it. */
  mine: boolean;
  handedInAt: string | null;
  words: string | null;
  figures: Pick<CountedFigure, 'name' | 'value'>[];
}

interface Row {
  id: string;
  owner: string;
  status: TeamLine['status'];
  handedInAt: string | null;
  words: string | null;
  figures: CountedFigure[] | null;
}

/** Who of the people within one's sight has handed in, who has not; those who have not come first. */
export async function teamReports(ctx: Context, which: Which): Promise<TeamLine[]> {
  const policy = ctx.policies.for('workReport');
  const people = (await peopleWithin(ctx, 'workReport')).filter(({ id }) => id !== ctx.principal.userId);
  const counts = policy.sees('figures');
  const { rows } =
    await sql<Row>`select id, owner_id as owner, status, handed_in_at as "handedInAt", words, figures
    from work_report where owner_id = any(${people.map(({ id }) => id)}::uuid[]) and kind = ${which.kind}
      and date = ${periodOf(which.kind, which.date).from}::date and deleted_at is null`.execute(ctx.db);
  const mine = await reportingTo(
    ctx,
    people.map(({ id }) => id),
  );
  const known = new Map(rows.map((row) => [row.owner, row]));
  return people
    .map(({ id, name }): TeamLine => {
      const row = known.get(id);
      const told = row && row.status !== 'open' ? row : null;
      return {
        person: { id, title: name },
        status: row?.status ?? 'none',
        report: told?.id ?? null,
        mine: mine.has(id),
        handedInAt: told?.handedInAt ?? null,
        words: told && policy.sees('words') ? told.words : null,
        figures: ((counts && told?.figures) || []).map(({ name: figure, value }) => ({
          name: figure,
          value,
        })),
      };
    })
    .toSorted((a, b) => Number(a.report !== null) - Number(b.report !== null));
}
