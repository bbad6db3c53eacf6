import type { Behaviour } from '../../../platform/entity/behaviour.ts';
import { refuseCircles } from '../../../platform/entity/circles.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { warnPhones } from '../phones.ts';

/** A person's numbers are warned about; nobody reports to himself, directly or through others. */
export const contactBehaviour: Behaviour = {
  async prepare(ctx, drafts) {
    for (const draft of drafts) warnPhones(draft);
    const codes = { circle: 'reports_circle', deep: 'parent_too_deep' };
    await refuseCircles(ctx, entityNamed(ctx.registry, 'contact'), drafts, 'reportsTo', codes);
  },
};
