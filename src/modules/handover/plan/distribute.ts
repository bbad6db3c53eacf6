import { z } from 'zod';

const person = z.uuid();

/** Who gets what: one person, several evenly, or by the value of a field. */
export const planInput = z.strictObject({
  rule: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('one'), to: person }),
    z.strictObject({ kind: z.literal('even'), to: z.array(person).min(1).max(100) }),
    z.strictObject({
      kind: z.literal('field'),
      field: z.string().max(100),
      /** Value of the field → person; a reference by its id. */
      to: z.record(z.string().max(200), person),
      otherwise: person.nullable(),
    }),
  ]),
  /** Single records by hand; null stays where it is. */
  byHand: z.record(z.uuid(), person.nullable()).default({}),
  /** The record types handed over; all unless told. */
  only: z.array(z.string().max(100)).optional(),
});
export type Plan = z.infer<typeof planInput>;

/** An open record of whoever leaves. */
export interface OpenRecord {
  id: string;
  /** Of work on a customer: which. It goes where that goes. */
  follows: string | null;
  /** The value the rule goes by. */
  value: string | null;
}

/** Everybody a plan names. */
export function receiversOf({ rule, byHand }: Plan): string[] {
  const byRule =
    rule.kind === 'one'
      ? [rule.to]
      : rule.kind === 'even'
        ? rule.to
        : [...Object.values(rule.to), ...(rule.otherwise ? [rule.otherwise] : [])];
  return [...new Set([...byRule, ...Object.values(byHand).filter((id) => id !== null)])];
}

/**
 * Who gets each record; null stays. By hand before all, then with its customer, then by the rule. Evenly means: to whoever has the
 * fewest customers by then, in the order they are named. The same records and loads always give the same answer.
 */
export function distribute(
  plan: Plan,
  groups: readonly { entity: string; records: readonly OpenRecord[] }[],
  loads: ReadonlyMap<string, number>,
): Map<string, string | null> {
  const given = new Map<string, string | null>();
  const load = new Map(loads);
  const byRule = (record: OpenRecord): string | null => {
    const { rule } = plan;
    if (rule.kind === 'one') return rule.to;
    if (rule.kind === 'field') return rule.to[record.value ?? ''] ?? rule.otherwise;
    return rule.to.reduce((least, each) => ((load.get(each) ?? 0) < (load.get(least) ?? 0) ? each : least));
  };
  for (const { entity, records } of groups) {
    if (plan.only && !plan.only.includes(entity)) continue;
    for (const record of records) {
      const hand = plan.byHand[record.id];
      const withCustomer = record.follows ? given.get(record.follows) : undefined;
      const to = hand !== undefined ? hand : withCustomer !== undefined ? withCustomer : byRule(record);
      given.set(record.id, to);
      if (to && !record.follows) load.set(to, (load.get(to) ?? 0) + 1);
    }
  }
  return given;
}
