import type { Behaviour } from '../../../platform/entity/behaviour.ts';
import { refuseCircles } from '../../../platform/entity/circles.ts';
import { fromColumns } from '../../../platform/entity/columns.ts';
import { takeDecided } from '../../../platform/entity/decided.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { checkTaxNumber } from '../../../platform/text/tax-number.ts';
import { warnPhones } from '../phones.ts';
import { completeness } from './completeness.ts';

/** What the customer's file checks beyond its declaration: numbers are warned about, circles of parents refused. */
export const customerBehaviour: Behaviour = {
  async prepare(ctx, drafts) {
    takeDecided(ctx, drafts);
    const entity = entityNamed(ctx.registry, 'customer');
    for (const draft of drafts) {
      warnPhones(draft);
      const taxNumber = draft.values.taxNumber;
      if (typeof taxNumber === 'string') {
        const { note } = checkTaxNumber(taxNumber);
        if (note) draft.warnings.push({ path: 'taxNumber', code: note });
      }
      draft.values.completeness = completeness((name) => {
        const field = entity.fields[name];
        if (name in draft.values) return draft.values[name];
        return field && draft.before ? fromColumns(field, draft.before) : null;
      });
    }
    await refuseCircles(ctx, entity, drafts, 'parent', { circle: 'parent_circle', deep: 'parent_too_deep' });
  },
};
