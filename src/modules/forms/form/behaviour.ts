import type { Context } from '../../../platform/context/context.ts';
import type { Behaviour, Draft } from '../../../platform/entity/behaviour.ts';
import { draftValue } from '../../../platform/entity/behaviour.ts';
import { isDecided, takeDecided } from '../../../platform/entity/decided.ts';
import { problem } from '../../../platform/errors/problem.ts';
import { requireSegment } from '../../segments/public.ts';
import { wordOf } from '../sheet/base.ts';
import { PERIOD, periodOf } from '../sheet/period.ts';
import { periodWords, reachWords } from '../sheet/words.ts';
import type { ReachKind } from './form.shared.ts';
import { tell } from './tell.ts';

/** Where the id of whose customers it is about stands. */
export const REACH_FIELDS: Record<ReachKind, string | null> = {
  visible: null,
  department: 'ofDepartment',
  person: 'ofPerson',
  segment: 'ofSegment',
};

/** A form is named by what it is of, begins as a draft, and is written over by nobody once it is handed in. */
export const formBehaviour: Behaviour = {
  async prepare(ctx, drafts) {
    const decided = isDecided(ctx);
    takeDecided(ctx, drafts, 'draft');
    for (const draft of drafts) {
      if (!draft.before) await begin(ctx, draft);
      else if (!decided) guard(draft);
      const reviewer = draftValue(draft, 'reviewer', 'reviewer_id');
      const owner = draftValue(draft, 'owner', 'owner_id') ?? ctx.principal.userId;
      if (!decided && reviewer && reviewer === owner)
        draft.problems.push({ path: 'reviewer', code: 'form_reviewer_is_maker' });
    }
  },
  async afterSave(ctx, drafts) {
    // Whoever is named while it waits learns it like those named before.
    if (isDecided(ctx)) return;
    for (const { id, before, values } of drafts) {
      if (!before) continue;
      const form = { id, round: Number(before.round ?? 0) };
      if (before.status === 'review' && values.reviewer)
        await tell(ctx, form, 'review', [String(values.reviewer)]);
      if (before.status === 'filling' && values.filler)
        await tell(ctx, form, 'fill', [String(values.filler)]);
    }
  },
  beforeDelete(ctx, rows) {
    // What was signed goes only by somebody who may do everything, and comes back from the bin as it was.
    if (!ctx.policies.administrator && rows.some((row) => row.status === 'locked' || row.status === 'review'))
      throw problem('form_signed', { status: 409 });
  },
};

async function begin(ctx: Context, { values, problems }: Draft): Promise<void> {
  const period = String(values.period ?? '');
  if (!PERIOD.test(period)) {
    if (period) problems.push({ path: 'period', code: 'bad_period' });
    return;
  }
  const kind = (values.reach ?? 'visible') as ReachKind;
  const own = REACH_FIELDS[kind];
  for (const field of Object.values(REACH_FIELDS)) {
    if (!field) continue;
    if (field === own && !values[field]) problems.push({ path: field, code: 'required' });
    if (field !== own && values[field]) problems.push({ path: field, code: 'form_other_reach' });
  }
  const id = own ? (values[own] as string | null) : null;
  if (kind === 'segment' && id) await requireSegment(ctx, 'customer', id);
  values.startsOn = periodOf(period).from;
  values.round = 0;
  values.name ??= [
    wordOf(ctx, `forms.${String(values.kind)}`),
    periodWords(ctx, period),
    ...(id ? [await reachWords(ctx, { kind, id })] : []),
  ].join(' · ');
}

const CHANGED_IN_REVIEW = new Set(['reviewer', 'department']);

function guard({ before, values, problems }: Draft): void {
  const status = before?.status;
  const changed = Object.keys(values).filter((name) => status !== 'review' || !CHANGED_IN_REVIEW.has(name));
  if ((status === 'locked' || status === 'review') && changed.length > 0)
    problems.push({ path: changed[0] as string, code: 'form_signed' });
}
