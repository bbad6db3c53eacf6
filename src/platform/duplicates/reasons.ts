import type { Context } from '../context/context.ts';
import type { Entity } from '../entity/types.ts';
import { translate } from '../i18n/translations.ts';
import type { DuplicateKind } from './rule.ts';

export interface Reason {
  code: string;
  label: string;
}

/** Reasons that tell of a value, by the rule whose fields bear it. */
const OF_RULE: Partial<Record<string, DuplicateKind>> = {
  phone: 'phone',
  mail: 'mail',
  tax: 'tax',
  otherTax: 'tax',
};

/** Reasons in the caller's language. That two phones are equal is not told to whoever may not see phones. */
export function reasonsFor(ctx: Context, entity: Entity, codes: readonly string[]): Reason[] {
  const policy = ctx.policies.for(entity.name);
  return codes
    .filter((code) => {
      const kind = OF_RULE[code];
      const fields = (entity.duplicates ?? [])
        .filter((rule) => rule.kind === kind)
        .flatMap((rule) => rule.fields);
      return kind === undefined || fields.some((field) => policy.sees(field));
    })
    .map((code) => ({
      code,
      label: translate(ctx.registry.words, ctx.principal.language, `duplicate.reason.${code}`),
    }));
}
