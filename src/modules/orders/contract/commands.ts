import { z } from 'zod';
import { chosen } from '../../../platform/approvals/input.ts';
import { startApproval } from '../../../platform/approvals/start.ts';
import { defineCommand } from '../../../platform/command/command.ts';
import { asSystem } from '../../../platform/context/context.ts';
import type { Row } from '../../../platform/entity/behaviour.ts';
import { decide } from '../../../platform/entity/decided.ts';
import { notFound } from '../../../platform/errors/problem.ts';
import { requireState, requireStep } from '../states.ts';
import { agreedBody } from './restore.ts';
import { lastVersion } from './versions.ts';

const only = (rows: Row[]): Row => rows[0] as Row;
const reason = z.string().trim().min(1).max(2000);

const submit = defineCommand({
  name: 'submit',
  entity: 'contract',
  on: 'one',
  action: 'update',
  summary: 'Submit a contract, or its amendment: it comes into force once it is approved',
  input: z.strictObject({ comment: z.string().max(2000).optional(), chosen }),
  async run(ctx, { rows, input }) {
    const row = only(rows);
    requireStep(ctx, 'contract', row, 'inApproval');
    await decide(ctx, 'contract', [row], { status: 'inApproval' }, { action: 'submit' });
    const begun = await startApproval(ctx, {
      subject: 'contract',
      recordId: row.id as string,
      comment: input.comment,
      chosen: input.chosen,
    });
    return { status: begun.automatic ? 'effective' : 'inApproval', approval: begun.id };
  },
});

const amend = defineCommand({
  name: 'amend',
  entity: 'contract',
  on: 'one',
  action: 'update',
  summary: 'Begin an amendment: what is in force stays in force until the amendment is',
  input: z.strictObject({ reason }),
  async run(ctx, { rows, input }) {
    const row = only(rows);
    requireStep(ctx, 'contract', row, 'amending');
    const set = { status: 'amending', revision: (row.revision as number) + 1, reason: input.reason };
    await decide(ctx, 'contract', [row], set, { action: 'amend' });
    return { status: 'amending' };
  },
});

const dropAmendment = defineCommand({
  name: 'dropAmendment',
  entity: 'contract',
  on: 'one',
  action: 'update',
  summary: 'Give an amendment up: the contract is as it was last agreed',
  input: z.strictObject({}),
  async run(ctx, { rows }) {
    const row = only(rows);
    requireState(ctx, 'contract', row, ['amending']);
    const last = await lastVersion(ctx, row.id as string);
    if (!last) throw notFound('contract');
    const values = await agreedBody(ctx, row, last);
    const set = { status: 'effective', revision: last.revision, reason: null };
    await decide(asSystem(ctx, 'dropAmendment'), 'contract', [row], set, { action: 'dropAmendment', values });
    return { status: 'effective' };
  },
});

const step = (name: string, to: string, summary: string, shape: { reason?: typeof reason } = {}) =>
  defineCommand({
    name,
    entity: 'contract',
    on: 'one',
    action: 'update',
    summary,
    input: z.strictObject(shape),
    async run(ctx, { rows, input }) {
      const row = only(rows);
      if (name === 'openAgain') requireState(ctx, 'contract', row, ['completed']);
      else requireStep(ctx, 'contract', row, to);
      const set = { status: to, reason: (input as { reason?: string }).reason ?? null };
      await decide(ctx, 'contract', [row], set, { action: name });
      return { status: to };
    },
  });

export const contractCommands = [
  submit,
  amend,
  dropAmendment,
  step('complete', 'completed', 'Say that a contract is fulfilled'),
  step('terminate', 'terminated', 'End a contract before its time, and say why', { reason }),
  step('openAgain', 'effective', 'Take back that a contract is fulfilled'),
];
