import { z } from 'zod';
import { defineCommand } from '../../../platform/command/command.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { decide } from '../../../platform/entity/decided.ts';
import { forbidden, problem } from '../../../platform/errors/problem.ts';
import { reportingTo } from './addressed.ts';

/** Whoever reports are handed to has read them; who wrote one does not read it himself. */
export const markRead = defineCommand({
  name: 'markRead',
  entity: 'workReport',
  on: 'many',
  action: 'read',
  summary: 'Say that reports were read',
  input: z.strictObject({}),
  async run(ctx, { rows }) {
    const unread: Row[] = [];
    const authors = rows.map((row) => row.owner_id as string);
    const mine = await reportingTo(ctx, authors);
    if (!authors.every((author) => mine.has(author))) throw forbidden('report_of_others');
    for (const row of rows) {
      if (row.status === 'open') throw problem('report_open', { status: 409 });
      if (row.status === 'handedIn') unread.push(row);
    }
    const set = { status: 'read', readAt: ctx.now, readBy: ctx.principal.userId };
    if (unread.length) await decide(ctx, 'workReport', unread, set, { action: 'markRead' });
    return { done: rows.length };
  },
});
