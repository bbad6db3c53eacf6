import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { type Behaviour, type Draft, draftValue } from '../../../platform/entity/behaviour.ts';
import { isDecided, takeDecided } from '../../../platform/entity/decided.ts';
import { problem } from '../../../platform/errors/problem.ts';
import { translate } from '../../../platform/i18n/translations.ts';
import { minorUnits } from '../../../platform/money/currencies.shared.ts';
import { isTooPrecise, money } from '../../../platform/money/money.shared.ts';
import { yearOn } from '../../../platform/time/period.shared.ts';
import { areaNamed, type Channel, type Cut, cutKey } from './cut.shared.ts';
import { monthsFrom, NO_MONTHS, spread, sumOf } from './months.shared.ts';

/** What is no part of the plan may change at any time. */
const FREE = ['owner', 'department', 'remark'];
const isSettled = ({ before }: Draft) => before !== null && before.status !== 'draft';

/** A plan begins as a draft; what people decide on, or was approved, stays as it is. Its lines add up, and none is there twice. */
export const planBehaviour: Behaviour = {
  async prepare(ctx, drafts) {
    takeDecided(ctx, drafts, 'draft');
    for (const draft of drafts) {
      if (draft.before === null) begin(ctx, draft);
      if (isSettled(draft) && !isDecided(ctx)) refuseSettled(draft);
    }
    const open = drafts.filter((draft) => !isSettled(draft));
    const lines = open.flatMap((draft) => draft.parts?.lines ?? []);
    for (const line of lines) {
      placeLine(line);
      addUp(ctx, line, 'amount', 'amounts', minorUnits(ctx.currency));
      addUp(ctx, line, 'quantity', 'quantities', 0);
    }
    await nameLines(ctx, lines);
    for (const draft of open) weigh(ctx, draft);
  },
  beforeDelete(_ctx, rows) {
    if (rows.some(({ status }) => status === 'approving' || status === 'approved'))
      throw problem('plan_settled', { status: 409 });
  },
};

function begin(ctx: Context, { values, problems }: Draft): void {
  values.edition ??= 1;
  const year = String(values.year ?? '').trim();
  if (!/^(19|20|21)\d\d$/.test(year)) {
    problems.push({ path: 'year', code: 'plan_bad_year' });
    return;
  }
  values.startsOn ??= yearOn(Number(year), ctx.yearBegins);
  values.name ||= translate(ctx.registry.words, ctx.principal.language, 'salesPlan.named', { year });
}

function refuseSettled(draft: Draft): void {
  const touched =
    (draft.gone?.lines?.length ?? 0) > 0 ||
    (draft.parts?.lines ?? []).some(
      ({ before, values }, at) => before === null || before.position !== at || Object.keys(values).length > 0,
    );
  const paths = Object.keys(draft.values).filter((name) => !FREE.includes(name) && !name.startsWith('x_'));
  for (const path of [...paths, ...(touched ? ['lines'] : [])])
    draft.problems.push({ path, code: 'plan_settled' });
}

/** What a line is for. */
function cutOf(line: Draft): Cut {
  const text = (name: string, column = name) => (draftValue(line, name, column) as string | null) ?? null;
  return {
    product: text('product', 'product_id'),
    category: text('category', 'category_id'),
    area: text('area'),
    channel: text('channel'),
    partner: text('partner', 'partner_id'),
  };
}

function placeLine(line: Draft): void {
  const { values, problems } = line;
  if (typeof values.area === 'string' && values.area !== '') {
    const area = areaNamed(values.area);
    if (area) values.area = area;
    else problems.push({ path: 'area', code: 'plan_area_unknown' });
  }
  const { product, category } = cutOf(line);
  if (product && category) problems.push({ path: 'category', code: 'plan_of_one' });
}

/** The year is what its months add up to: a year that is written is divided as its months were, or evenly. */
function addUp(ctx: Context, line: Draft, whole: string, parts: string, digits: number): void {
  const { values, before, problems } = line;
  const kept = monthsFrom(before?.[parts]) ?? [...NO_MONTHS];
  const given = values[parts] === undefined || values[parts] === null ? null : monthsFrom(values[parts]);
  if (values[parts] && !given) {
    problems.push({ path: parts, code: 'plan_twelve_months' });
    return;
  }
  const year = values[whole];
  const written = given ?? (typeof year === 'string' ? [year] : []);
  if (whole === 'amount' && written.some((amount) => isTooPrecise(amount, ctx.currency)))
    problems.push({ path: whole, code: 'plan_too_precise' });
  if (given) {
    values[parts] = given;
    values[whole] = sumOf(given);
    return;
  }
  delete values[parts];
  if (typeof year === 'string' || year === null) {
    values[parts] = year ? spread(year, kept, digits) : [...NO_MONTHS];
    values[whole] = year || '0';
  } else if (before === null) {
    values[parts] = [...NO_MONTHS];
    values[whole] = '0';
  }
}

const TABLES = { product: 'product', category: 'product_category', partner: 'partner' } as const;

/** Lines are called after what they are for; one of a partner is of that partner's channel. */
async function nameLines(ctx: Context, lines: readonly Draft[]): Promise<void> {
  const fresh = lines.filter(({ before, values }) => before === null || Object.keys(values).length > 0);
  const named = new Map<string, { name: string; kind: Channel | null }>();
  for (const [field, table] of Object.entries(TABLES)) {
    const ids = [...new Set(fresh.flatMap((line) => cutOf(line)[field as keyof typeof TABLES] ?? []))];
    if (ids.length === 0) continue;
    const { rows } = await sql<{ id: string; name: string; kind: Channel | null }>`select id, name,
      ${table === 'partner' ? sql`kind` : sql`null`} as kind from ${sql.table(table)} where id = any(${ids}::uuid[])`.execute(
      ctx.db,
    );
    for (const row of rows) named.set(row.id, row);
  }
  const options = ctx.registry.byName.get('salesPlanLine')?.fields.channel?.options ?? [];
  const { language } = ctx.principal;
  const all = translate(ctx.registry.words, language, 'salesPlanLine.all');
  for (const line of fresh) {
    const partner = named.get(cutOf(line).partner ?? '');
    if (partner?.kind) line.values.channel = partner.kind;
    const { product, category, area, channel } = cutOf(line);
    const way = partner?.name ?? options.find(({ value }) => value === channel)?.[language];
    const words = [named.get(product ?? category ?? '')?.name, area, way].filter(Boolean);
    line.values.name = (words.join(' · ') || all).slice(0, 400);
  }
}

/** No two lines are for the same; the plan comes to what they come to. */
function weigh(ctx: Context, draft: Draft): void {
  const seen = new Set<string>();
  const lines = draft.parts?.lines ?? [];
  for (const line of lines) {
    const key = cutKey(cutOf(line));
    if (seen.has(key)) line.problems.push({ path: 'name', code: 'plan_line_twice' });
    seen.add(key);
  }
  const sum = (name: string) => sumOf(lines.map((line) => (draftValue(line, name) as string | null) ?? '0'));
  draft.values.amount = money(sum('amount'), ctx.currency);
  draft.values.quantity = sum('quantity');
}
