import { z } from 'zod';
import { defineCommand } from '../../../platform/command/command.ts';
import { changeRows } from '../../../platform/entity/records.ts';
import { invalid } from '../../../platform/errors/problem.ts';

/**
 * Gives customers to another person. Their people, follow-ups and tasks stay on the file and are seen by the new owner at
 * once; the department follows the new owner unless one is named.
 */
export const transferCustomers = defineCommand({
  name: 'transfer',
  entity: 'customer',
  on: 'many',
  action: 'transfer',
  summary: 'Give customers to another person',
  input: z.strictObject({ owner: z.uuid(), department: z.uuid().optional() }),
  async run(ctx, { entity, rows, input }) {
    const values = { owner: input.owner, ...(input.department ? { department: input.department } : {}) };
    const { drafts, stored } = await changeRows(
      ctx,
      entity,
      rows.map((row) => ({ row, values })),
      { action: 'transfer' },
    );
    const problems = drafts.flatMap((draft) => draft.problems);
    if (problems.length) throw invalid(problems.slice(0, 1));
    return { done: stored.length };
  },
});
