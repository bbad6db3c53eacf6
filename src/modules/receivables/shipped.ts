import type { AnswerLine, AnswerValue, ReportAnswer } from '../../platform/analysis/query.shared.ts';
import type { RunOptions } from '../../platform/analysis/run.ts';
import type { Asked, ShippedReport } from '../../platform/analysis/shipped.ts';
import type { Context } from '../../platform/context/context.ts';
import { entityNamed } from '../../platform/entity/registry.ts';
import { translate } from '../../platform/i18n/translations.ts';
import { AGES } from './figures/ageing.ts';
import { overviewOf } from './figures/overview.ts';

const MOST = 200;
const CONFIRMED = { field: 'status', op: 'eq', value: 'confirmed' } as const;

/** What receivables tell: the money that came in, and what is still open by how long it has been due. */
export const receivableReports: readonly ShippedReport[] = [
  {
    name: 'moneyIn',
    entity: 'receipt',
    order: 85,
    chart: 'column',
    at: 'date',
    by: [
      { field: 'date', by: 'month' },
      { field: 'date', by: 'quarter' },
      { field: 'performer' },
      { field: 'customer' },
      { field: 'customer.owner.department' },
      { field: 'way' },
    ],
    query: (by) => ({
      filter: CONFIRMED,
      rows: by ? [by] : [],
      columns: [],
      values: [
        { fn: 'sum', field: 'amount', label: 'shipped.moneyIn.amount' },
        { fn: 'sum', field: 'amount', show: by?.by ? 'changeYear' : 'share', label: changeLabel(by?.by) },
        { fn: 'count', label: 'shipped.moneyIn.count' },
        { fn: 'sum', field: 'refunded', label: 'shipped.moneyIn.refunded' },
        { fn: 'sum', field: 'free', label: 'shipped.moneyIn.free' },
      ],
      sort: by?.by ? { by: 'label' } : { by: 0, desc: true },
      limit: MOST,
    }),
  },
  {
    name: 'openByAge',
    entity: 'receipt',
    also: ['customer'],
    reads: ['order', 'contract'],
    order: 86,
    chart: 'bar',
    by: [{ field: 'customer' }, { field: 'customer.owner' }],
    compute: openByAge,
  },
];

const changeLabel = (part: string | undefined) => (part ? 'shipped.changeYear' : 'shipped.share');

async function openByAge(ctx: Context, { by = 0 }: Asked, options: RunOptions): Promise<ReportAnswer> {
  const begin = performance.now();
  const group = by === 1 ? 'owner' : 'customer';
  const overview = await overviewOf(ctx, { group, sort: 'open', offset: 0, limit: MOST }, options);
  const head = entityNamed(ctx.registry, by === 1 ? 'user' : 'customer');
  const { name, plural } = entityNamed(ctx.registry, 'receipt');
  const say = (key: string) => translate(ctx.registry.words, ctx.principal.language, key);
  const money = (label: string): AnswerValue => ({
    label: say(label),
    kind: 'money',
    filter: null,
    additive: true,
  });
  const told = (of: (typeof overview)['total'] | (typeof overview)['lines'][number]) => [
    of.open,
    ...AGES.map((age) => of[age]),
    String(of.count),
  ];
  const lines = overview.lines.map((line): AnswerLine => {
    const numbers = told(line);
    return {
      keys: [{ key: line.key, label: line.title ?? '' }],
      filter: null,
      cells: [numbers],
      total: numbers,
    };
  });
  const all = told(overview.total);
  return {
    entity: name,
    plural,
    filter: null,
    rows: [{ label: say(head.name), kind: 'reference', plural: head.plural }],
    columns: [],
    values: [
      money('shipped.openByAge.open'),
      ...AGES.map((age) => money(`shipped.openByAge.${age}`)),
      { label: say('shipped.openByAge.count'), kind: 'count', filter: null, additive: true },
    ],
    columnKeys: [{ keys: [], filter: null }],
    lines,
    totals: { columns: [all], all },
    found: overview.lines.length,
    at: ctx.now,
    ms: Math.round(performance.now() - begin),
  };
}
