import { type RawBuilder, sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { type Line, namesOf, ownLines, say } from '../../../platform/today/lines.ts';
import {
  TODAY_RANK,
  type TodayItem,
  type TodaySource,
  type TodayView,
} from '../../../platform/today/today.ts';

interface LeadLine extends Line {
  status: 'new' | 'nurturing';
  name: string | null;
  company: string | null;
  respondBy: string | null;
  until: string | null;
}

/** Leads that wait for their first answer, and those to come back to today. */
export const leadsToday: TodaySource = { name: 'lead', items: itemsOf };

async function itemsOf(ctx: Context, view: TodayView): Promise<TodayItem[]> {
  const { sees } = ctx.policies.for('lead');
  const lines = await linesOf(ctx, view);
  const nameOf = await namesOf(ctx, view, lines);
  return lines.map((line): TodayItem => {
    const fresh = line.status === 'new';
    const due = fresh ? line.respondBy : null;
    const late = due !== null && Temporal.Instant.compare(due, ctx.now) <= 0;
    const { name } = line;
    const company = sees('company') && line.company !== name ? line.company : null;
    return {
      key: `lead:${line.id}`,
      kind: 'lead',
      label: say(ctx, 'lead'),
      color: late ? 'zhu' : fresh ? 'teng' : 'plain',
      rank: late ? TODAY_RANK.overdue : fresh ? TODAY_RANK.timed : TODAY_RANK.callBack,
      at: due,
      date: fresh ? null : line.until,
      title: [name, company].filter(Boolean).join(' · '),
      strong: name,
      why: say(ctx, late ? 'lead.today.late' : fresh ? 'lead.today.new' : 'lead.today.nurtured'),
      record: { entity: 'lead', id: line.id },
      owner: nameOf(line.owner),
      customer: null,
      action: fresh
        ? {
            label: say(ctx, 'command.start'),
            does: { method: 'POST', path: `/leads/${line.id}/start` },
            undo: { method: 'POST', path: `/leads/${line.id}/put-back` },
            done: say(ctx, 'lead.today.started'),
          }
        : { label: say(ctx, 'lead.today.open'), open: `/r/leads/${line.id}` },
    };
  });
}

async function linesOf(ctx: Context, view: TodayView): Promise<LeadLine[]> {
  const columns: RawBuilder<unknown> = sql`t.status, t.name, t.company, t.respond_by as "respondBy", t.nurture_until as until`;
  const found = await Promise.all([
    ownLines<LeadLine>(ctx, view, 'lead', { states: ['new'], by: 'received_at', columns }),
    ownLines<LeadLine>(ctx, view, 'lead', {
      states: ['nurturing'],
      by: 'nurture_until',
      until: view.today,
      columns,
    }),
  ]);
  return found.flat();
}
