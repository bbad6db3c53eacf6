import { z } from 'zod';
import type { CostSource } from '../../../platform/costs/cost.ts';

export const PHASES = ['initial', 'upkeep', 'ending'] as const;
export type Phase = (typeof PHASES)[number];

const amount = z.string().regex(/^\d{1,12}(\.\d{1,2})?$/);
const phase = z.enum(PHASES);
const stages = z.record(z.string().max(60), phase);

/** How one source of costs is reckoned. */
const sourceRule = z.strictObject({
  active: z.boolean(),
  /** For each. */
  each: amount,
  /** What one is taken to last when nobody said. */
  minutes: z.int().min(0).max(1440),
  /** The part of a cause's own amount that counts. */
  percent: z.string().regex(/^(100(\.0{1,2})?|\d{1,2}(\.\d{1,2})?)$/),
});
export type SourceRule = z.infer<typeof sourceRule>;

export const costRules = z.strictObject({
  /** What an hour of somebody's time costs. */
  hourly: amount,
  /** Departments, with all below them, whose hour costs otherwise. */
  departments: z
    .array(z.strictObject({ department: z.uuid(), hourly: amount }))
    .max(500)
    .refine((list) => new Set(list.map(({ department }) => department)).size === list.length),
  sources: z.record(z.string().max(60), sourceRule),
  phases: z.strictObject({ relation: stages, life: stages, days: z.int().min(0).max(3650) }),
});
export type CostRules = z.infer<typeof costRules>;

/** Rules in force from a day on. */
export interface RuleVersion {
  from: string;
  rules: CostRules;
}

/** What a company begins with: the phases are those of the document [000], the amounts are to be made its own. */
export const DEFAULT_RULES: CostRules = {
  hourly: '60',
  departments: [],
  sources: {},
  phases: {
    relation: { cultivate: 'initial', confirm: 'upkeep', trust: 'upkeep', weaken: 'upkeep', lost: 'ending' },
    life: { acquire: 'initial', nurture: 'initial', maintain: 'upkeep', retain: 'upkeep' },
    days: 90,
  },
};

/** The rules of a day, of versions in order of their days. */
export const rulesOn = (versions: readonly RuleVersion[], day: string): CostRules =>
  versions.findLast(({ from }) => from <= day)?.rules ?? DEFAULT_RULES;

/** How a source is reckoned; by its own beginnings where nobody said otherwise. */
export const ruleOf = (rules: CostRules, { name, defaults }: CostSource): SourceRule =>
  rules.sources[name] ?? { active: true, ...defaults };
