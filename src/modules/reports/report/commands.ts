import { z } from 'zod';
import { defineCommand } from '../../../platform/command/command.ts';
import { forbidden, problem } from '../../../platform/errors/problem.ts';
import { setDecided } from './mine.ts';

/** A manager has read reports; who wrote one does not read it himself. */
export const markRead = defineCommand({
  name: 'markRead',
  entity: 'workReport',
  on: 'many',
  action: 'read',
  summary: 'Say that reports were read',
  input: z.strictObject({}),
  async run(ctx, { rows }) {
    for (const row of rows) {
      if (row.owner_id === ctx.principal.userId) throw forbidden();
      if (row.status === 'open') throw problem('report_open', { status: 409 });
      if (row.status === 'handedIn')
        await setDecided(
          ctx,
          row,
          { status: 'read', readAt: ctx.now, readBy: ctx.principal.userId },
          'markRead',
        );
    }
    return { done: rows.length };
  },
});
