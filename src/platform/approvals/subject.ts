import type { z } from 'zod';
import type { Context } from '../context/context.ts';
import type { FieldKind } from '../entity/types.ts';
import type { Param } from '../notifications/params.ts';
import type { Flow } from './flow.shared.ts';

/** A value of a subject that conditions may speak of; its label is the translation `approval.<subject>.<name>`. */
export interface SubjectVariable {
  name: string;
  kind: FieldKind;
  /** Each with the translation `approval.<subject>.<name>.<option>`. */
  options?: readonly string[];
  /** Of a reference: to which record type. */
  to?: string;
  /** Filled in by who begins it by hand: a member of the input by this name. */
  asked?: 'required' | 'optional';
}

/** What is asked for. */
export interface Asked<I = Record<string, unknown>> {
  recordId: string | null;
  input: I;
}

/** What people who decide are shown. Labels are translations; values are put into the reader's words. */
export interface Description {
  title: string;
  lines?: { label: string; value: Param }[];
  /** Values of the declared variables. */
  values?: Record<string, unknown>;
}

/** A decided approval, as its subject learns of it. */
export interface DecidedApproval<I = Record<string, unknown>> {
  id: string;
  number: string;
  title: string;
  recordId: string | null;
  input: I;
  comment: string | null;
  startedBy: string | null;
}

/**
 * Something a company may want decided before it happens, contributed by a module. What follows from the decision runs in
 * its transaction, with unlimited rights and the decider as author: both stand or neither.
 */
export interface ApprovalSubject<I = Record<string, unknown>> {
  /** For example `export` or `customer.abandon`; its label is the translation `approval.subject.<name>`. */
  name: string;
  /** The record type it is about: the record is locked while people decide, and conditions know its fields. */
  entity?: string;
  variables?: readonly SubjectVariable[];
  input: z.ZodType<I>;
  /** Whether anybody may begin it through the API; otherwise only the module's own code does. */
  open?: boolean;
  /** The flow that holds where the company has made none; without it nobody decides then. */
  usual?: Flow;
  /** Its record may be changed while people decide: nothing they see of it follows from the decision. */
  leavesFree?: boolean;
  /** Says what it is, and throws where the caller may not ask for it. */
  describe(ctx: Context, asked: Asked<I>): Promise<Description>;
  onApproved(ctx: Context, approval: DecidedApproval<I>): Promise<void>;
  onRejected?(ctx: Context, approval: DecidedApproval<I>): Promise<void>;
  onWithdrawn?(ctx: Context, approval: DecidedApproval<I>): Promise<void>;
}

/** The flow of what nobody may grant himself: whoever begins it asks his superior; without one an administrator decides. */
export const SUPERIOR_DECIDES: Flow = {
  nodes: [
    {
      kind: 'approve',
      id: 'superior',
      name: '',
      approvers: [{ kind: 'manager', of: 'starter', level: 1 }],
      mode: 'any',
    },
  ],
};

/** Declares a subject. */
export function defineApproval<I>(spec: ApprovalSubject<I>): ApprovalSubject {
  return Object.freeze(spec) as unknown as ApprovalSubject;
}

/** Who is who in the company, as the kernel needs to know it; the application brings it. */
export interface Directory {
  /** Of these people those who are active, with their names. */
  active(ctx: Context, ids: readonly string[]): Promise<Map<string, string>>;
  inRole(ctx: Context, role: string): Promise<string[]>;
  /** A person's manager, his manager and so on; where none is named the manager of the department. */
  managersAbove(ctx: Context, person: string): Promise<string[]>;
  /** The managers of a person's department and of those above it, without himself. */
  departmentManagersAbove(ctx: Context, person: string): Promise<string[]>;
  /** A person's department and those above it. */
  departmentsAbove(ctx: Context, person: string): Promise<string[]>;
  rolesOf(ctx: Context, person: string): Promise<string[]>;
  administrators(ctx: Context): Promise<string[]>;
}

/** What the running application knows of approvals. */
export interface ApprovalRules {
  subjects: ReadonlyMap<string, ApprovalSubject>;
  directory: Directory;
}

/** All declared subjects by name; two of one name are a mistake of ours. */
export function subjectsOf(declared: readonly ApprovalSubject[]): ReadonlyMap<string, ApprovalSubject> {
  const subjects = new Map(declared.map((subject) => [subject.name, subject]));
  if (subjects.size < declared.length) throw new Error('a subject of approvals is declared twice');
  return subjects;
}
