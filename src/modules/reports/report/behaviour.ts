import type { Behaviour } from '../../../platform/entity/behaviour.ts';
import { isDecided, takeDecided } from '../../../platform/entity/decided.ts';
import { translate } from '../../../platform/i18n/translations.ts';
import { periodOf, type ReportKind } from './period.ts';

/** A report is named by its period, begins open, and is not written over once it is handed in. */
export const reportBehaviour: Behaviour = {
  prepare(ctx, drafts) {
    const written = !isDecided(ctx);
    for (const draft of drafts) {
      const { values, before, problems } = draft;
      if (!before) {
        const kind = values.kind as ReportKind;
        values.date = typeof values.date === 'string' ? periodOf(kind, values.date).from : values.date;
        values.name ??= translate(ctx.registry.words, ctx.principal.language, `reports.name.${kind}`, {
          date: String(values.date),
        });
      } else if (written && before.status !== 'open' && ('words' in values || 'plan' in values))
        problems.push({ path: 'words' in values ? 'words' : 'plan', code: 'report_handed_in' });
    }
    takeDecided(ctx, drafts, 'open');
  },
};
