import { randomBytes } from 'node:crypto';
import type { Behaviour, Draft } from '../../../platform/entity/behaviour.ts';
import { takeDecided } from '../../../platform/entity/decided.ts';
import { originsOf } from './origins.ts';

/** A way in has an address of its own; its web sites are named as origins, `https://www.example.com`. */
export const channelBehaviour: Behaviour = {
  prepare(ctx, drafts) {
    takeDecided(ctx, drafts);
    for (const draft of drafts) {
      if (!draft.before)
        Object.assign(draft.values, { key: randomBytes(15).toString('base64url'), secretNumber: 1 });
      checkOrigins(draft);
    }
  },
};

function checkOrigins({ values, problems }: Draft): void {
  if (typeof values.origins !== 'string') return;
  const { wrong } = originsOf(values.origins);
  if (wrong[0] !== undefined)
    problems.push({ path: 'origins', code: 'lead_origin_wrong', params: { value: wrong[0] } });
}
