import type { Context } from '../../../platform/context/context.ts';
import type { MoneyValue, WireRecord } from '../../../platform/entity/meta.shared.ts';
import { entityNamed } from '../../../platform/entity/registry.ts';
import { translate } from '../../../platform/i18n/translations.ts';
import { formatMoney } from '../../../platform/money/format.shared.ts';
import type { Letterhead, PrintPage } from '../../../platform/print/page.ts';
import { instantToLocal } from '../../../platform/time/instant.shared.ts';

type Named = { title?: string | null } | null | undefined;

/** 借条: what the customer signs for, as far as the reader sees it, in the name of our usual legal entity. */
export function trialSlip(ctx: Context, record: WireRecord, letterhead: Letterhead): PrintPage {
  const { language } = ctx.principal;
  const say = (key: string, params: Record<string, string> = {}) =>
    translate(ctx.registry.words, language, key, params);
  const { fields } = entityNamed(ctx.registry, 'trial');
  const text = (name: string): string => {
    const value = record[name] as Named | string | undefined;
    if (typeof value === 'object') return value?.title ?? '';
    const option = fields[name]?.options.find((each) => each.value === value);
    return option?.[language] ?? value ?? '';
  };
  const facts = ['customer', 'contact', 'kind', 'outOn', 'workdays', 'dueOn']
    .map((name) => ({ label: fields[name]?.label[language] ?? name, value: String(text(name)) }))
    .filter(({ value }) => value);
  const kind = String(record.kind);
  return {
    title: say(`trial.slip.${kind}`),
    subtitle: String(record.number ?? ''),
    company: letterhead.name,
    letterhead,
    language,
    ...(record.status === 'draft' || record.status === 'approving'
      ? { watermark: say('trial.slip.draft') }
      : {}),
    blocks: [
      { kind: 'facts', facts },
      {
        kind: 'table',
        columns: [
          { label: say('trial.product'), weight: 3 },
          { label: say('trial.serialNumber'), weight: 2 },
          { label: say('trial.quantity'), align: 'right' },
          { label: say('trial.unit') },
          { label: say('trial.value'), weight: 1.4, align: 'right' },
        ],
        rows: [
          [
            text('name'),
            text('serialNumber'),
            text('quantity'),
            text('unit'),
            record.value ? formatMoney(record.value as MoneyValue) : '',
          ],
        ],
      },
      { kind: 'text', text: say(kind === 'sample' ? 'trial.slip.termsSample' : 'trial.slip.terms') },
      ...(record.remark ? [{ kind: 'text' as const, text: String(record.remark), muted: true }] : []),
    ],
    signatures: [
      { label: say('trial.slip.gave'), name: text('owner') },
      { label: say('trial.slip.took') },
      { label: say('trial.slip.back') },
    ],
    note: say('trial.slip.printed', {
      at: instantToLocal(ctx.now, ctx.timeZone).replace('T', ' ').slice(0, 16),
    }),
  };
}
