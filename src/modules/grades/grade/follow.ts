import { systemContext } from '../../../platform/context/services.ts';
import { defineSubscriber } from '../../../platform/events/subscriber.ts';
import { importWrites } from '../../../platform/imports/running.ts';
import { gradeFacts } from '../facts.ts';
import { concernedBy, waysOf } from '../scheme/concerned.ts';
import { activeSchemes } from '../scheme/read.ts';
import { regrade } from './regrade.ts';
import { CHUNK, readyGrader } from './run.ts';

/** Grades follow every change that a rule looks at, of the customers concerned only. */
export const followChanges = defineSubscriber({
  name: 'grades.follow',
  events: ['*'],
  rests: importWrites,
  async handle(services, batch) {
    const ctx = await systemContext(services, { kind: 'system', reason: 'grades' });
    const schemes = await activeSchemes(ctx);
    if (schemes.length === 0) return;
    const ways = waysOf(
      ctx,
      schemes.map(({ definition }) => definition),
    );
    const ids = await concernedBy(ctx, ways, batch, gradeFacts.name);
    if (ids.length === 0) return;
    for (const scheme of schemes) {
      const grader = await readyGrader(ctx, scheme);
      if (!grader) continue;
      for (let at = 0; at < ids.length; at += CHUNK) await regrade(ctx, grader, ids.slice(at, at + CHUNK));
    }
  },
});
