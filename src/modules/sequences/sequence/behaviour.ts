import { type Behaviour, type Draft, draftValue } from '../../../platform/entity/behaviour.ts';
import { unknownPlaceholders } from '../../../platform/text/placeholders.ts';
import { STEP_WORDS } from './text.ts';

/** A sequence has steps, begins where it can begin, and its texts use only words that can be filled in. */
export const sequenceBehaviour: Behaviour = {
  prepare(_ctx, drafts) {
    for (const draft of drafts) {
      checkStart(draft);
      const steps = draft.parts?.steps ?? [];
      if (draftValue(draft, 'active') && steps.length === 0 && draftValue(draft, 'start') === 'auto')
        draft.problems.push({ path: 'steps', code: 'sequence_empty' });
      for (const step of steps) checkTexts(step);
    }
  },
};

function checkStart(draft: Draft): void {
  const target = draftValue(draft, 'target');
  const start = draftValue(draft, 'start');
  const stage = draftValue(draft, 'stage', 'stage_id');
  const segment = draftValue(draft, 'segment', 'segment_id');
  if (start === 'suggest' && target !== 'opportunity')
    draft.problems.push({ path: 'start', code: 'sequence_suggest' });
  if (target === 'opportunity' && start !== 'hand' && !stage)
    draft.problems.push({ path: 'stage', code: 'required' });
  if (target === 'customer' && start === 'auto' && !segment)
    draft.problems.push({ path: 'segment', code: 'required' });
  if (stage && target !== 'opportunity') draft.warnings.push({ path: 'stage', code: 'sequence_stage' });
  if (segment && target !== 'customer') draft.warnings.push({ path: 'segment', code: 'sequence_segment' });
}

function checkTexts({ values, problems }: Draft): void {
  for (const path of ['subject', 'text']) {
    const text = values[path];
    const unknown = typeof text === 'string' ? unknownPlaceholders(text, STEP_WORDS) : [];
    if (unknown.length)
      problems.push({
        path,
        code: 'sequence_placeholder',
        params: { names: unknown.map((name) => `{${name}}`).join(' ') },
      });
  }
}
