import { type RawBuilder, sql } from 'kysely';
import type { Context } from '../context/context.ts';
import { translate } from '../i18n/translations.ts';

/** A rule outside the records themselves that speaks of a field: without the field it stands still. */
export interface FieldUse {
  /** What kind of rule it is, in the reader's words. */
  kind: string;
  title: string;
}

/** Rules a room or module keeps where no record type's definition shows them, or that lean on those which do. */
export interface FieldUseSource {
  /** Translation of what kind of rule it is. */
  label: string;
  /** A query of `title`, or of `key` where the title is a translation: the rules whose definition `speaks` of the field. */
  query(speaks: (column: RawBuilder<unknown>) => RawBuilder<boolean>): RawBuilder<unknown>;
}

const MOST = 50;

/**
 * The rules that speak of a field, in every definition kept as such: grades, segments, pools, routes, reports, stages and
 * approvals. Names of own fields begin with `x_`, so what is found by the name alone is meant.
 */
export async function rulesNaming(
  ctx: Context,
  sources: readonly FieldUseSource[],
  field: string,
): Promise<FieldUse[]> {
  const pattern = `["\\.,-]${field}["\\.,]`;
  const speaks = (column: RawBuilder<unknown>) => sql<boolean>`${column}::text ~ ${pattern}`;
  const say = (key: string) => translate(ctx.registry.words, ctx.principal.language, key);
  const found: FieldUse[] = [];
  for (const [label, query] of [...definitions(ctx, speaks), ...sources.map(asked(speaks))]) {
    const { rows } = await sql<{ title: string; key?: string }>`select * from (${query}) u
      order by 1 limit ${MOST}`.execute(ctx.db);
    found.push(...rows.map(({ title, key }) => ({ kind: say(label), title: key ? say(key) : title })));
  }
  return found;
}

type Named = readonly [label: string, query: RawBuilder<unknown>];
type Speaks = Parameters<FieldUseSource['query']>[0];

const asked =
  (speaks: Speaks) =>
  ({ label, query }: FieldUseSource): Named => [label, query(speaks)];

/** Record types whose records are rules: what they say stands in a definition of theirs. Roles are told by themselves. */
function definitions({ registry }: Context, speaks: Speaks): Named[] {
  return registry.entities
    .filter(({ name }) => name !== 'role')
    .flatMap((entity): Named[] => {
      const columns = Object.values(entity.fields).filter(
        ({ kind, internal, readOnly }) => kind === 'json' && internal && !readOnly,
      );
      const title = entity.fields[entity.title];
      if (columns.length === 0 || !title) return [];
      const says = sql.join(
        columns.map(({ column }) => speaks(sql.ref(column))),
        sql` or `,
      );
      return [
        [
          entity.name,
          sql`select ${sql.ref(title.column)}::text as title from ${sql.table(entity.table)}
            where deleted_at is null and (${says})`,
        ],
      ];
    });
}
