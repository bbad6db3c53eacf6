import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { titlesOf } from '../../../platform/entity/titles.ts';
import { translate } from '../../../platform/i18n/translations.ts';

/** What an entry was caused by: the record, and its name as far as the reader sees it. */
export interface Cause {
  entity: string;
  plural: string;
  id: string;
  /** What its source is called. */
  label: string;
  title: string | null;
}

/** What a source of costs is called, in the reader's language. */
export const labelOf = (ctx: Context, source: string): string =>
  translate(ctx.registry.words, ctx.principal.language, `costEntry.source.${source}`);

/** The cause of an entry by rule; null of one by hand. The entry itself must be the reader's to see. */
export async function causeOf(ctx: Context, entry: string): Promise<Cause | null> {
  const { rows } = await sql<{ source: string | null; cause: string }>`select source, cause_id as cause
    from cost_entry where id = ${entry}`.execute(ctx.db);
  const source = ctx.costs.find(({ name }) => name === rows[0]?.source);
  const id = rows[0]?.cause;
  if (!source || !id) return null;
  const titles = await titlesOf(ctx, new Map([[source.entity, new Set([id])]]));
  const { plural } = entityNamed(ctx.registry, source.entity);
  return {
    entity: source.entity,
    plural,
    id,
    label: labelOf(ctx, source.name),
    title: titles.get(id) ?? null,
  };
}
