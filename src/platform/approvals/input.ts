import { z } from 'zod';
import { type Condition, type Flow, SELF_RULES } from './flow.shared.ts';

const id = z.string().min(1).max(60);
const name = z.string().trim().max(60);

const approver = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('users'), users: z.array(z.uuid()).max(50) }),
  z.strictObject({ kind: z.literal('role'), role: z.union([z.uuid(), z.literal('')]) }),
  z.strictObject({
    kind: z.literal('manager'),
    of: z.enum(['starter', 'department']),
    level: z.int().min(1).max(20),
  }),
  z.strictObject({ kind: z.literal('chain'), levels: z.int().min(1).max(20) }),
  z.strictObject({ kind: z.literal('chosen') }),
]);

const term = z.strictObject({
  field: z.string().max(200),
  op: z.string().max(20),
  value: z.json().optional(),
});
const condition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ and: z.array(condition).max(50) }),
    z.strictObject({ or: z.array(condition).max(50) }),
    z.strictObject({ not: condition }),
    term,
  ]),
);

const limit = z.strictObject({
  hours: z.number().min(0.1).max(2000),
  clock: z.enum(['business', 'clock']),
  effect: z.enum(['approve', 'reject', 'handTo', 'escalate']),
  to: z.uuid().optional(),
});

const node: z.ZodType<Flow['nodes'][number]> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('approve'),
      id,
      name,
      approvers: z.array(approver).max(20),
      mode: z.enum(['all', 'any', 'turn']),
      editable: z.array(z.string().max(100)).max(100).optional(),
      limit: limit.optional(),
    }),
    z.strictObject({ kind: z.literal('cc'), id, name, approvers: z.array(approver).max(20) }),
    z.strictObject({
      kind: z.literal('branch'),
      id,
      branches: z
        .array(z.strictObject({ id, name, when: condition.nullable(), nodes: z.array(node).max(100) }))
        .max(30),
    }),
    z.strictObject({ kind: z.literal('end'), id, outcome: z.enum(['approved', 'rejected']) }),
  ]),
);

/** A flow as it is stored; what it may say beyond its form is checked by `faultsOf`. */
export const flowSchema: z.ZodType<Flow> = z.strictObject({
  nodes: z.array(node).max(100),
  self: z.enum(SELF_RULES).optional(),
});

const comment = z.string().trim().max(2000).optional();
const person = z.uuid();

export const newFlow = z.strictObject({
  subject: z.string().max(100),
  name: z.string().trim().min(1).max(100),
  active: z.boolean().default(false),
  definition: z.json(),
});
// A default would stop a flow that only gets another name.
export const flowPatch = newFlow.omit({ subject: true }).extend({ active: z.boolean() }).partial();
export const flowTrial = z.strictObject({
  subject: z.string().max(100),
  definition: z.json(),
  values: z.record(z.string().max(200), z.json()).default({}),
  starter: person.optional(),
});

/** Approvers named by the person who begins, by node. */
export const chosen = z.record(z.string().max(60), z.array(person).max(50)).optional();
export const askFor = z.strictObject({
  subject: z.string().max(100),
  record: person.nullish(),
  input: z.record(z.string().max(100), z.json()).default({}),
  chosen,
  comment,
});
export const resubmission = z.strictObject({
  input: z.record(z.string().max(100), z.json()).optional(),
  chosen,
  comment,
});
export const agreement = z.strictObject({
  comment,
  edits: z.record(z.string().max(100), z.json()).optional(),
});
export const refusal = z.strictObject({
  comment: z.string().trim().min(1).max(2000),
  /** `end`, `starter`, or the id of an earlier step. */
  to: z.string().max(60).default('end'),
});
export const handing = z.strictObject({
  to: person,
  comment,
  /** Of administrators: whose place it is. */
  seat: z.string().max(60).optional(),
});
export const adding = z.strictObject({
  where: z.enum(['before', 'after']),
  people: z.array(person).min(1).max(20),
  mode: z.enum(['all', 'any', 'turn']).default('all'),
  comment,
});
export const remark = z.strictObject({ comment });
export const newDelegation = z.strictObject({
  to: person,
  from: z.iso.datetime({ offset: true }),
  until: z.iso.datetime({ offset: true }),
});
