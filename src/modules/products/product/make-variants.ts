import { sql } from 'kysely';
import { z } from 'zod';
import { defineCommand } from '../../../platform/command/command.ts';
import type { Context } from '../../../platform/context/context.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { createDrafts } from '../../../platform/entity/records.ts';
import { invalid, problem } from '../../../platform/errors/problem.ts';
import { attributesText, combinations, parseAttributes } from './attributes.shared.ts';

/** More than these nobody looks through; who needs them imports them. */
const MOST = 200;

/** Makes a variant of a main product for every combination of its attributes there is none of yet. */
export const makeVariants = defineCommand({
  name: 'makeVariants',
  entity: 'product',
  on: 'one',
  action: 'create',
  summary: 'Make the variants of a main product that are not there yet',
  input: z.strictObject({}),
  async run(ctx, { entity, rows }) {
    const main = rows[0] as Row;
    const attributes = parseAttributes((main.attributes as string | null) ?? '') ?? [];
    if (attributes.length === 0 || main.variant_of_id) throw problem('no_variants_to_make', { status: 409 });
    const count = attributes.reduce((product, { values }) => product * values.length, 1);
    if (count > MOST) throw problem('too_many_variants', { status: 422, params: { count, max: MOST } });
    const there = await variantsOf(ctx, main.id as string);
    const missing = combinations(attributes).filter((each) => !there.has(attributesText(each)));
    const drafts = await createDrafts(
      ctx,
      entity,
      missing.map((each) =>
        variantValues(
          main,
          each.flatMap(({ values }) => values),
          attributesText(each),
        ),
      ),
    );
    const problems = drafts.flatMap((draft) => draft.problems);
    if (problems.length) throw invalid(problems);
    return { made: drafts.length, there: count - drafts.length };
  },
});

/** What a variant has of its main product from the start; price, cost and tax rate follow it as long as they are left open. */
function variantValues(main: Row, values: readonly string[], attributes: string): Record<string, unknown> {
  const tail = values.join(' ');
  return {
    name: `${main.name} ${tail}`.slice(0, 200),
    ...(main.code ? { code: `${main.code}-${values.join('-')}`.slice(0, 60) } : {}),
    category: main.category_id,
    series: main.series,
    brand: main.brand,
    unit: main.unit,
    variantOf: main.id,
    attributes,
  };
}

async function variantsOf(ctx: Context, id: string): Promise<Set<string | null>> {
  const { rows } = await sql<{ attributes: string | null }>`select attributes from product
    where variant_of_id = ${id} and deleted_at is null`.execute(ctx.db);
  return new Set(rows.map(({ attributes }) => attributes));
}
