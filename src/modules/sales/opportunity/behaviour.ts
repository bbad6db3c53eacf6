import type { Context } from '../../../platform/context/context.ts';
import { dayOf } from '../../../platform/context/day.ts';
import { type Behaviour, type Draft, draftValue } from '../../../platform/entity/behaviour.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { type Stage, stagesInUse } from '../pipeline/read.ts';
import { nameUnnamed } from './name.ts';
import { recordSteps } from './steps.ts';

/** An opportunity follows its stage: status, likelihood and day of the decision; and a stage asks for its facts. */
export const opportunityBehaviour: Behaviour = {
  async prepare(ctx, drafts) {
    const stages = await stagesInUse(ctx);
    for (const draft of drafts) {
      chooseStage(draft, stages);
      const stage = stages.find(({ id }) => id === draftValue(draft, 'stage', 'stage_id'));
      if (!stage) continue;
      if (!moves(draft, stage)) correctDay(draft);
      else {
        follow(ctx, draft, stage);
        askFacts(ctx, draft, stage);
      }
    }
    await nameUnnamed(ctx, drafts);
    for (const draft of drafts)
      for (const name of ['name', 'stage'])
        if ((draft.before === null || name in draft.values) && !draft.values[name])
          draft.problems.push({ path: name, code: 'required' });
  },
  afterSave: recordSteps,
};

/** Whether the draft enters a stage it was not in. */
const moves = ({ before }: Draft, stage: Pick<Stage, 'id'>): boolean => before?.stage_id !== stage.id;

/** New business begins with the first stage; a stage tells its pipeline. */
function chooseStage({ before, values }: Draft, stages: readonly Stage[]): void {
  if (before === null) values.stage ??= stages[0]?.id ?? null;
  // Whether it exists at all is checked with the other references.
  const stage = stages.find(({ id }) => id === values.stage);
  if (stage) values.pipeline = stage.pipeline;
}

/** Status, likelihood and days of a stage just entered. The day expected becomes the day it was decided. */
function follow(ctx: Context, draft: Draft, { outcome, probability }: Stage): void {
  const { before, values } = draft;
  const today = dayOf(ctx);
  // What comes from a file began when the file says, or nobody knows.
  if (before === null && ctx.principal.cause.kind !== 'import') values.startedOn ??= today;
  values.status = outcome;
  values.probability ??= probability;
  values.closedOn = outcome === 'open' ? null : (values.closeDate ?? today);
  if (values.closedOn) values.closeDate = values.closedOn;
  if (outcome === 'won')
    values.performer ??=
      draftValue(draft, 'performer', 'performer_id') ?? draftValue(draft, 'owner', 'owner_id');
  else if (before?.status === 'won') values.performer = null;
  if (outcome === 'open') {
    values.reason ??= null;
    values.reasonNote ??= null;
  }
  values.stageSince = (before === null && (values.closedOn ?? values.startedOn)) || today;
}

/** Of what is decided the day can be put right, not taken away. */
function correctDay({ before, values, problems }: Draft): void {
  if (!before || before.status === 'open' || !('closeDate' in values)) return;
  if (values.closeDate) values.closedOn = values.closeDate;
  else problems.push({ path: 'closeDate', code: 'required' });
}

/** What is missing is named, fact by fact; a superior's word lets it pass, and what other systems bring is as it is. */
function askFacts(ctx: Context, draft: Draft, stage: Stage): void {
  const { kind } = ctx.principal.cause;
  if (kind === 'undo' || (kind === 'import' && draft.before === null)) return;
  const { fields } = entityNamed(ctx.registry, 'opportunity');
  const missing = stage.needs.filter((name) => {
    const value = draftValue(draft, name, fields[name]?.column);
    return value === null || value === '' || (Array.isArray(value) && value.length === 0);
  });
  if (missing.length === 0) return;
  if (draft.values.exception) {
    if (!ctx.policies.for('opportunity').can('transfer'))
      draft.problems.push({ path: 'exception', code: 'exception_forbidden' });
    return;
  }
  for (const path of missing)
    draft.problems.push({ path, code: 'stage_needs', params: { stage: stage.name } });
}
