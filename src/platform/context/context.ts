import type { Kysely } from 'kysely';
import type { PolicySet } from '../access/policy.ts';
import type { Achievement } from '../achievements/achievement.ts';
import type { ApprovalRules } from '../approvals/subject.ts';
import type { CostSource } from '../costs/cost.ts';
import type { Behaviours } from '../entity/behaviour.ts';
import type { NamedTerm } from '../entity/filter.ts';
import type { Registry } from '../entity/registry.ts';
import type { ReportFigure } from '../figures/figure.ts';
import type { Language } from '../i18n/translations.ts';
import type { Measures } from '../measures/measure.ts';
import type { NotificationKinds } from '../notifications/kind.ts';
import type { OwnershipRules } from '../ownership/rules.ts';
import type { BusinessDays } from '../time/business-calendar.ts';

// Rows of record tables are described by the registry at run time, so the query builder's schema is open.
// biome-ignore lint/suspicious/noExplicitAny: the administrator's tables and columns are not known when this is compiled
export type Db = Kysely<any>;

/** Why a change happens; kept with it in the audit. */
export interface Cause {
  kind: 'person' | 'apiKey' | 'import' | 'job' | 'undo' | 'commandLine' | 'upgrade' | 'system';
  /** The key, import or job. */
  id?: string;
  reason?: string;
}

/** Who asks. The system itself has no user. */
export interface Principal {
  kind: 'user' | 'system';
  userId: string | null;
  departmentId: string | null;
  roleIds: readonly string[];
  language: Language;
  timeZone: string;
  /** Raised with every change of roles, departments or memberships: what a policy may be cached by. */
  policyVersion: string;
  /** Whether single records are shared with this user at all; saves a branch in every list. */
  hasShares: boolean;
  cause: Cause;
}

/** Everything a piece of work needs to know of its circumstances. Inside a command `db` is its transaction. */
export interface Context {
  db: Db;
  registry: Registry;
  principal: Principal;
  policies: PolicySet;
  behaviours: Behaviours;
  /** Terms of filters that modules add. */
  filterTerms: ReadonlyMap<string, NamedTerm>;
  /** Numbers that modules tell of records. */
  measures: Measures;
  /** What makes a relation cost something. */
  costs: readonly CostSource[];
  /** What counts in reports of somebody's work. */
  reportFigures: readonly ReportFigure[];
  /** What people are given targets of. */
  achievements: readonly Achievement[];
  /** What modules say of whom records belong to. */
  ownership: OwnershipRules;
  /** Of what people can be told. */
  notificationKinds: NotificationKinds;
  /** What is decided by approval, and whom it may ask. */
  approvals: ApprovalRules;
  /** When this work began; one instant for all it writes. */
  now: string;
  ip: string | null;
  /** What is done is no news to anybody who follows a record: how a sample company begins, say. */
  noNews?: boolean;
  /** Run once the transaction has committed; dropped when it rolls back. */
  afterCommit(task: () => void): void;
  /** Tells event subscribers of all processes that there is something to read. */
  wakeSubscribers: () => void;
  /** The company's currency: what money is summed in. */
  currency: string;
  /** The company's time zone: whose day it is. What one person reads and types is in his own, `principal.timeZone`. */
  timeZone: string;
  /** When the company works. */
  businessDays: BusinessDays;
  /** The month, 1 to 12, its year begins with. */
  yearBegins: number;
}

/** The same circumstances with unlimited rights, for work the product itself must do. The reason goes into the audit. */
export function asSystem(ctx: Context, reason: string): Context {
  return {
    ...ctx,
    principal: { ...ctx.principal, kind: 'system', cause: { ...ctx.principal.cause, reason } },
    policies: ctx.policies.unlimited(),
  };
}
