import { sql } from 'kysely';
import type { Context } from '../../../platform/context/context.ts';
import { readRecord } from '../../../platform/entity/records.ts';
import { filledText } from '../../../platform/text/placeholders.ts';
import { salutation } from '../../../platform/text/surname.ts';
import { runsSeen } from '../run/seen.ts';
import type { Offer, OfferedStep, Playbook } from './figures.shared.ts';

interface Stored extends OfferedStep {
  sequence: string;
  name: string;
  run: string | null;
}

/** 阶段剧本: what the stage of a piece of business recommends, and the sequences offered there, their texts filled in for it. */
export async function playbookOf(ctx: Context, id: string): Promise<Playbook> {
  const business = await readRecord(ctx, 'opportunity', id);
  const link = (name: string) => business[name] as { id: string; title: string } | null | undefined;
  const stage = link('stage');
  if (!stage) return { stage: null, text: null, offers: [] };
  const offers = maySee(ctx) ? await offersOf(ctx, id, stage.id, business) : [];
  return { stage: stage.title, text: await wordsOf(ctx, stage.id), offers };
}

/** What the stage itself says, to whoever may read that of it. */
async function wordsOf(ctx: Context, stage: string): Promise<string | null> {
  const policy = ctx.policies.for('stage');
  if (!policy.can('read') || !policy.sees('playbook')) return null;
  const { rows } = await sql<{ playbook: string | null }>`select playbook from stage
    where id = ${stage} and deleted_at is null`.execute(ctx.db);
  return rows[0]?.playbook ?? null;
}

/** Whether the caller may read sequences and what their steps say. */
function maySee(ctx: Context): boolean {
  const [sequence, step] = [ctx.policies.for('sequence'), ctx.policies.for('sequenceStep')];
  const fields = ['action', 'wait', 'unit', 'subject', 'text'];
  return sequence.can('read') && sequence.sees('name') && fields.every(step.sees);
}

async function offersOf(
  ctx: Context,
  id: string,
  stage: string,
  business: Record<string, unknown>,
): Promise<Offer[]> {
  const { rows } =
    await sql<Stored>`select q.id as sequence, q.name, s.action, s.wait, s.unit, s.subject, s.text,
      (select t.id from sequence_run t where t.live_key = q.id::text || ':' || ${id}::text and t.deleted_at is null
        and ${runsSeen(ctx)}) as run
    from sequence q join sequence_step s on s.sequence_id = q.id and s.deleted_at is null
    where q.stage_id = ${stage} and q.active and q.deleted_at is null and q.start <> 'hand'
    order by q.name, q.id, s.position limit 200`.execute(ctx.db);
  const title = (name: string) => (business[name] as { title: string } | null | undefined)?.title ?? '';
  const words = {
    name: title('contact') ? salutation(title('contact')) : title('customer'),
    company: title('customer'),
    product: (business.products as { title: string }[] | undefined)?.[0]?.title ?? '',
    owner: title('owner'),
  };
  const offers = new Map<string, Offer>();
  for (const { sequence, name, run, subject, text, ...step } of rows) {
    const offer = offers.get(sequence) ?? { id: sequence, name, run, steps: [] };
    offers.set(sequence, offer);
    offer.steps.push({ ...step, subject: filledText(subject, words), text: text && filledText(text, words) });
  }
  return [...offers.values()];
}
