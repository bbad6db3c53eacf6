import type { Context } from '../context/context.ts';
import { dayOf } from '../context/day.ts';
import { type Draft, draftValue } from '../entity/behaviour.ts';
import { changedFields } from '../entity/changed.ts';
import type { MoneyValue } from '../entity/meta.shared.ts';
import type { Entity } from '../entity/types.ts';
import { convertingFor } from './convert.ts';

/** An amount that is kept as it is written, and is in no sum as long as nobody has said what its currency is worth. */
export const UNRATED = 'currency_unrated';

interface Written {
  draft: Draft;
  path: string;
  currency: string;
}

/**
 * Warns of amounts whose worth in the company's currency is not known: once for each currency of a record, naming the day of
 * which a rate is missing. Where it must be known, the module refuses the record itself.
 */
export async function warnOfUnrated(ctx: Context, entity: Entity, drafts: readonly Draft[]): Promise<void> {
  const foreign = drafts
    .filter(({ problems }) => problems.length === 0)
    .flatMap((draft) => writtenIn(entity, draft))
    .filter(({ currency }) => currency !== ctx.currency);
  if (foreign.length === 0) return;
  const concerned = [...new Set(foreign.map(({ draft }) => draft))];
  const converting = await convertingFor(
    ctx,
    entity,
    concerned.map((draft) => ({ draft })),
  );
  for (const { draft, path, currency } of foreign) {
    if (converting(draft)(currency)) continue;
    if (draft.warnings.some(({ code, params }) => code === UNRATED && params?.currency === currency))
      continue;
    draft.warnings.push({ path, code: UNRATED, params: { currency, day: dayFor(ctx, entity, draft) } });
  }
}

/** The amounts a draft brings, its parts' too. */
function writtenIn(entity: Entity, draft: Draft): Written[] {
  const of = (type: Entity, row: Draft, prefix: string) =>
    (row.before ? changedFields(type, row) : type.fieldList).flatMap(({ kind, name }) => {
      const value = kind === 'money' ? (row.values[name] as MoneyValue | null | undefined) : null;
      return value ? [{ draft, path: `${prefix}${name}`, currency: value.currency }] : [];
    });
  const parts = entity.parts.flatMap((part) =>
    (draft.parts?.[part.name] ?? []).flatMap((row, at) => of(part.entity, row, `${part.name}.${at}.`)),
  );
  return [...of(entity, draft, ''), ...parts];
}

function dayFor(ctx: Context, { rateDate, fields }: Entity, draft: Draft): string {
  const field = rateDate ? fields[rateDate] : undefined;
  return ((field && draftValue(draft, field.name, field.column)) as string | null) || dayOf(ctx);
}
