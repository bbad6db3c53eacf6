import { z } from 'zod';
import { defineApproval } from '../approvals/subject.ts';
import type { Context } from '../context/context.ts';
import { countRecords } from '../entity/list.ts';
import { notFound } from '../errors/problem.ts';
import { addJob } from '../jobs/job.ts';
import { exportOf, updateExport } from './store.ts';

/**
 * Taking records out, where the company wants it decided: by how many, of what type, by whom. The file is written once the
 * approval is through, with the rights of who asked.
 */
export const exportApproval = defineApproval({
  name: 'export',
  variables: [
    { name: 'rows', kind: 'integer' },
    { name: 'recordType', kind: 'text' },
    { name: 'format', kind: 'choice', options: ['csv', 'xlsx'] },
  ],
  input: z.strictObject({ export: z.uuid() }),
  async describe(ctx, { input }) {
    const record = await exportOf(ctx, input.export);
    const { entity, format, query } = record;
    const rows = query.ids ? query.ids.length : await countRecords(ctx, entity, query);
    return {
      title: record.file_name,
      lines: [
        { label: 'approval.export.recordType', value: { type: entity } },
        { label: 'approval.export.rows', value: rows },
        { label: 'approval.export.format', value: { text: `approval.export.format.${format}` } },
      ],
      values: { rows, recordType: entity, format },
    };
  },
  onApproved: (ctx, { input, startedBy }) => begin(ctx, input.export, startedBy),
  onRejected: (ctx, { input }) => refuse(ctx, input.export),
  onWithdrawn: (ctx, { input }) => refuse(ctx, input.export),
});

/** The file is for who asked: it is written in his name, and its days of keeping begin now. */
async function begin(ctx: Context, id: string, starter: string | null): Promise<void> {
  const asker = { ...ctx, principal: { ...ctx.principal, userId: starter } };
  const record = await exportOf(asker, id).catch(() => null);
  if (!record) throw notFound('export');
  const jobId = await addJob(asker, 'export.run', { id }, { entity: record.entity });
  await updateExport(ctx.db, id, { job_id: jobId, created_at: ctx.now });
}

const refuse = (ctx: Context, id: string) =>
  updateExport(ctx.db, id, { state: 'failed', error_code: 'export_refused', finished_at: ctx.now });
