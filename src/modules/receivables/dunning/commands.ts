import { z } from 'zod';
import { defineCommand } from '../../../platform/command/command.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { decide } from '../../../platform/entity/decided.ts';
import { problem } from '../../../platform/errors/problem.ts';

/** Verbs of a reminder. */
export const dunningCommands = [
  defineCommand({
    name: 'reminded',
    entity: 'dunning',
    on: 'one',
    action: 'update',
    summary: 'Note that the customer was reminded, and what he said',
    input: z.strictObject({
      result: z.string().trim().min(1).max(1000),
      promisedOn: z.iso.date().nullish(),
    }),
    async run(ctx, { rows, input }) {
      const row = rows[0] as Row;
      if (row.status !== 'open') throw problem('dunning_not_open', { status: 409 });
      const values = { result: input.result, promisedOn: input.promisedOn ?? null };
      await decide(ctx, 'dunning', [row], { status: 'done' }, { action: 'reminded', values });
      return { status: 'done' };
    },
  }),
];
