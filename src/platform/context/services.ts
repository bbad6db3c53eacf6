import type pg from 'pg';
import type { PolicyInput } from '../access/policy.ts';
import { noPolicies, policiesOf } from '../access/policy.ts';
import type { Achievement } from '../achievements/achievement.ts';
import type { ShippedReport } from '../analysis/shipped.ts';
import type { ApprovalRules } from '../approvals/subject.ts';
import type { CostSource } from '../costs/cost.ts';
import type { Behaviours } from '../entity/behaviour.ts';
import type { NamedTerm } from '../entity/filter.ts';
import type { Registry } from '../entity/registry.ts';
import type { ReportFigure } from '../figures/figure.ts';
import type { Measures } from '../measures/measure.ts';
import type { NotificationKinds } from '../notifications/kind.ts';
import type { OwnershipRules } from '../ownership/rules.ts';
import type { PaperSpec } from '../papers/paper.ts';
import { type BusinessDays, DEFAULT_BUSINESS_DAYS } from '../time/business-calendar.ts';
import type { Context, Db, Principal } from './context.ts';

/** What one running process has: made once in app.ts, given to routes, jobs and the command line. */
export interface Services {
  db: Db;
  pool: pg.Pool;
  /** For LISTEN, locks and migrations: never through a pooler. */
  directUrl: string;
  dataDir: string;
  baseUrl: string;
  /** Secret of this installation, for signatures. */
  secret: string;
  behaviours: Behaviours;
  filterTerms: ReadonlyMap<string, NamedTerm>;
  measures: Measures;
  costs: readonly CostSource[];
  reportFigures: readonly ReportFigure[];
  achievements: readonly Achievement[];
  shippedReports: readonly ShippedReport[];
  papers: readonly PaperSpec[];
  ownership: OwnershipRules;
  notificationKinds: NotificationKinds;
  approvals: ApprovalRules;
  /** The record types as they stand now. */
  registry(): Registry;
  /** Reads the administrator's fields and record types again. */
  reloadRegistry(): Promise<void>;
  /** Roles and department tree of a version; cached. */
  policyInput(version: string): Promise<PolicyInput>;
  /** What the company says of itself; cached, see `forgetSettings`. */
  settings(): Promise<CompanySettings>;
  /** They have changed: the next look reads them. */
  forgetSettings(): void;
  wakeSubscribers(): void;
  log: Log;
}

export interface Log {
  info(data: object, message: string): void;
  warn(data: object, message: string): void;
  error(data: object, message: string): void;
}

export interface CompanySettings {
  companyName: string;
  currency: string;
  timeZone: string;
  businessDays: BusinessDays;
  yearBegins: number;
}

/** Circumstances of one piece of work by a principal. */
export async function contextFor(
  services: Services,
  principal: Principal,
  ip: string | null = null,
): Promise<Context> {
  const registry = services.registry();
  const [input, settings] = await Promise.all([
    services.policyInput(principal.policyVersion),
    services.settings(),
  ]);
  return {
    ...bareContext(services, principal, ip),
    registry,
    policies: policiesOf(principal, registry, input),
    currency: settings.currency,
    timeZone: settings.timeZone,
    businessDays: settings.businessDays,
    yearBegins: settings.yearBegins,
  };
}

/** Circumstances of work the product itself does: jobs, the command line, set-up. */
export async function systemContext(services: Services, cause: Principal['cause']): Promise<Context> {
  const { timeZone } = await services.settings();
  return contextFor(services, { ...SYSTEM, timeZone, cause });
}

const SYSTEM: Principal = {
  kind: 'system',
  userId: null,
  departmentId: null,
  roleIds: [],
  language: 'zh',
  timeZone: 'Asia/Shanghai',
  policyVersion: '',
  hasShares: false,
  cause: { kind: 'system' },
};

/** Circumstances of a request without a principal: nothing is allowed but what open routes do themselves. */
export function anonymousContext(services: Services, ip: string | null): Context {
  return {
    ...bareContext(services, { ...SYSTEM, kind: 'user' }, ip),
    policies: noPolicies(services.registry()),
  };
}

function bareContext(services: Services, principal: Principal, ip: string | null): Context {
  return {
    db: services.db,
    registry: services.registry(),
    principal,
    policies: noPolicies(services.registry()),
    behaviours: services.behaviours,
    filterTerms: services.filterTerms,
    measures: services.measures,
    costs: services.costs,
    reportFigures: services.reportFigures,
    achievements: services.achievements,
    ownership: services.ownership,
    notificationKinds: services.notificationKinds,
    approvals: services.approvals,
    now: Temporal.Now.instant().round('microsecond').toString(),
    ip,
    afterCommit: (task) => task(),
    wakeSubscribers: services.wakeSubscribers,
    currency: 'CNY',
    timeZone: SYSTEM.timeZone,
    businessDays: DEFAULT_BUSINESS_DAYS,
    yearBegins: 1,
  };
}
