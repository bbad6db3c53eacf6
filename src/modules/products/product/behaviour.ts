import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { type Behaviour, type Draft, draftValue } from '../../../platform/entity/behaviour.ts';
import { attributesText, fitsInto, inOrderOf, parseAttributes } from './attributes.shared.ts';
import { checkBarcodes } from './barcodes.ts';
import { countedIn, refuseUsed } from './in-use.ts';

/** A product's codes, unit, variants and bundle agree with each other; what is in use is retired, not deleted. */
export const productBehaviour: Behaviour = {
  async prepare(ctx, drafts) {
    await checkBarcodes(ctx, drafts, 'product');
    await checkUnits(ctx, drafts);
    await checkVariants(ctx, drafts);
    await checkBundles(ctx, drafts);
  },
  beforeDelete: refuseUsed,
};

const changes = ({ before, values }: Draft, name: string, column = name) =>
  name in values && values[name] !== (before?.[column] ?? null);

async function checkUnits(ctx: Context, drafts: readonly Draft[]): Promise<void> {
  const changed = drafts.filter((draft) => draft.before && changes(draft, 'unit'));
  const counted = await countedIn(
    ctx,
    changed.map(({ id }) => id),
  );
  for (const { id, problems } of changed)
    if (counted.has(id)) problems.push({ path: 'unit', code: 'product_unit_counted' });
}

interface Known {
  id: string;
  main: string | null;
  attributes: string | null;
  bundle: string | null;
}

/** A variant hangs on a main product, one value for each of its attributes, no two the same. */
async function checkVariants(ctx: Context, drafts: readonly Draft[]): Promise<void> {
  const touched = drafts.filter(
    (draft) => changes(draft, 'variantOf', 'variant_of_id') || changes(draft, 'attributes'),
  );
  for (const draft of touched) readAttributes(draft);
  const mainOf = (draft: Draft) => draftValue(draft, 'variantOf', 'variant_of_id') as string | null;
  const mains = [...new Set(touched.flatMap((draft) => mainOf(draft) ?? []))];
  if (mains.length)
    await sql`select from product where id = any(${mains}::uuid[]) order by id for no key update`.execute(
      ctx.db,
    );
  const { rows } = touched.length
    ? await sql<Known>`select id, variant_of_id as main, attributes, bundle from product where deleted_at is null
        and (id = any(${mains}::uuid[]) or variant_of_id = any(${[...mains, ...touched.map(({ id }) => id)]}::uuid[]))`.execute(
        ctx.db,
      )
    : { rows: [] };
  const taken = new Map(rows.map(({ id, main, attributes }) => [`${main}|${attributes}`, id]));
  for (const draft of touched) {
    const { id, problems } = draft;
    const refuse = (path: string, code: string, params?: Record<string, unknown>) =>
      problems.push({ path, code, ...(params ? { params } : {}) });
    const main = rows.find((row) => row.id === mainOf(draft));
    if (!main) continue;
    if (main.id === id || main.main) refuse('variantOf', 'variant_of_variant');
    if (rows.some((row) => row.main === id)) refuse('variantOf', 'variant_has_variants');
    const attributes = draftValue(draft, 'attributes') as string | null;
    const own = parseAttributes(attributes ?? '') ?? [];
    const wanted = parseAttributes(main.attributes ?? '') ?? [];
    if (!fitsInto(own, wanted)) {
      refuse('attributes', 'variant_attributes', { attributes: main.attributes ?? '—' });
      continue;
    }
    const text = attributesText(inOrderOf(own, wanted));
    draft.values.attributes = text || null;
    const other = taken.get(`${main.id}|${text || null}`);
    if (other && other !== id) refuse('attributes', 'variant_twice', { attributes: text });
    taken.set(`${main.id}|${text || null}`, id);
  }
}

function readAttributes({ values, problems }: Draft): void {
  if (typeof values.attributes !== 'string') return;
  const read = parseAttributes(values.attributes);
  if (read) values.attributes = attributesText(read) || null;
  else problems.push({ path: 'attributes', code: 'attributes_unclear' });
}

/** A bundle is in no other bundle, and its discount comes off the sum of its parts. */
async function checkBundles(ctx: Context, drafts: readonly Draft[]): Promise<void> {
  for (const draft of drafts)
    if (draftValue(draft, 'bundle') !== 'sum' && (draft.values.bundleDiscount ?? null) !== null)
      draft.problems.push({ path: 'bundleDiscount', code: 'bundle_discount_of_sum' });
  const made = drafts.filter(({ before, values }) => before && values.bundle && values.bundle !== 'none');
  if (made.length === 0) return;
  const { rows } = await sql<{ id: string }>`select part_id as id from bundle_part
    where deleted_at is null and part_id = any(${made.map(({ id }) => id)}::uuid[])`.execute(ctx.db);
  for (const draft of made)
    if (rows.some(({ id }) => id === draft.id))
      draft.problems.push({ path: 'bundle', code: 'bundle_in_bundle' });
}
