import { sql } from 'kysely';
import type { Context } from '../context/context.ts';
import { translate } from '../i18n/translations.ts';
import { dateIn } from '../time/instant.shared.ts';
import { TODAY_RANK, type TodayItem, type TodaySource, type TodayView } from '../today/today.ts';
import { inBox } from './list.ts';
import { lineOf, personNames, recordTitles } from './sheet.ts';
import { approvalsWhere } from './store.ts';

/** What waits for one's decision, the longest first: opened with one click, agreed to with the next. */
export const approvalsToday: TodaySource = { name: 'approval', items: itemsOf };

async function itemsOf(ctx: Context, { people, limit }: TodayView): Promise<TodayItem[]> {
  // Of what others decide a manager sees what he takes part in, on the page of approvals.
  if (people.length !== 1 || people[0] !== ctx.principal.userId) return [];
  const rows = await approvalsWhere(ctx, sql`${inBox(ctx, 'todo')} order by a.id limit ${limit}`);
  if (rows.length === 0) return [];
  const [titles, names] = await Promise.all([
    recordTitles(ctx, rows),
    personNames(
      ctx,
      rows.flatMap((row) => row.started_by ?? []),
    ),
  ]);
  const say = (key: string) => translate(ctx.registry.words, ctx.principal.language, key);
  return rows.map((row): TodayItem => {
    const { number, subject, title, record, now } = lineOf(ctx, row, titles);
    return {
      key: `approval:${row.id}`,
      kind: 'approval',
      label: say('approval.today.kind'),
      color: 'dai',
      rank: TODAY_RANK.decide,
      at: null,
      date: row.due_at && dateIn(ctx.timeZone, row.due_at),
      title: [subject.label, title].filter(Boolean).join(' · '),
      strong: title || null,
      why: [names.get(row.started_by ?? ''), now?.name, number].filter(Boolean).join(' · '),
      record: record && { entity: record.entity, id: record.id },
      owner: null,
      customer: record?.entity === 'customer' ? { id: record.id, title } : null,
      action: { label: say('approval.today.decide'), open: `/approvals/${row.id}` },
    };
  });
}
