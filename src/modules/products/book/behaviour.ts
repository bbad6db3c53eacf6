import type { Behaviour, Draft } from '../../../platform/entity/behaviour.ts';
import { draftValue } from '../../../platform/entity/behaviour.ts';
import { isCurrency } from '../../../platform/money/currencies.shared.ts';

/** A price book has a currency, the company's if nobody says, and ends after it begins. */
export const bookBehaviour: Behaviour = {
  prepare(ctx, drafts) {
    for (const draft of drafts) {
      const { before, values } = draft;
      if (before === null) values.currency ??= ctx.currency;
      checkCurrency(draft);
      checkPeriod(draft);
    }
  },
};

/** A currency there is, in capitals. */
export function checkCurrency({ values, problems }: Draft): void {
  if (typeof values.currency !== 'string') return;
  values.currency = values.currency.trim().toUpperCase();
  if (!isCurrency(values.currency as string))
    problems.push({
      path: 'currency',
      code: 'money_currency_unknown',
      params: { currency: values.currency },
    });
}

/** Nothing ends before it begins. */
export function checkPeriod(draft: Draft): void {
  const from = draftValue(draft, 'validFrom', 'valid_from') as string | null;
  const to = draftValue(draft, 'validTo', 'valid_to') as string | null;
  const touched = 'validFrom' in draft.values || 'validTo' in draft.values;
  if (touched && from && to && to < from)
    draft.problems.push({ path: 'validTo', code: 'ends_before_it_begins' });
}
