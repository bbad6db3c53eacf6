import { useQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, put } from '../../../web/api/client.ts';
import { queryClient } from '../../../web/api/query.ts';
import { refreshEntity } from '../../../web/api/records.ts';
import { dayOf, groupDigits } from '../../../web/fields/format.ts';
import { FormError } from '../../../web/shell/FormError.tsx';
import { PageSkeleton } from '../../../web/shell/StatusPage.tsx';
import { toast } from '../../../web/shell/toasts.tsx';
import { useSaving } from '../../../web/shell/useSaving.ts';
import type { StockItem } from '../mine/stock.ts';
import type { ReadStock } from '../mine/table.ts';
import { closingOf, type Flow } from '../stock/sums.shared.ts';
import { FigureTable } from './FigureTable.tsx';
import { StockTableDialog } from './StockTableDialog.tsx';
import './channel.css';

const lastMonth = () =>
  Temporal.PlainYearMonth.from(dayOf(new Date().toISOString()).slice(0, 7))
    .subtract({ months: 1 })
    .toString();
const NAMES = ['opening', 'inflow', 'outflow'] as const;

/** A partner declares a month's stock: it begins with how the month before ended, and its end is worked out. */
export function StockPage() {
  const { t } = useTranslation();
  const { busy, message, run } = useSaving();
  const [month, setMonth] = useState(lastMonth);
  const [reading, setReading] = useState(false);
  const [edits, setEdits] = useState<ReadonlyMap<string, Partial<Flow>>>(new Map());
  const { data } = useQuery({
    queryKey: ['mine', 'stock', month],
    queryFn: () => get<{ items: StockItem[] }>(`/channel/mine/stock/${month}`),
  });
  if (!data) return <PageSkeleton />;
  const flowOf = (item: StockItem): Flow => ({
    opening: item.opening ?? item.before ?? '0',
    inflow: item.inflow ?? '0',
    outflow: item.outflow ?? '0',
    ...edits.get(item.product),
  });
  const clean = (flow: Flow): Flow => ({
    opening: flow.opening || '0',
    inflow: flow.inflow || '0',
    outflow: flow.outflow || '0',
  });
  const told = data.items.filter(
    (item) => edits.has(item.product) || item.closing !== null || item.before !== null,
  );
  const write = (product: string, part: Partial<Flow>) =>
    setEdits((old) => new Map(old).set(product, { ...old.get(product), ...part }));
  const take = (lines: readonly ReadStock[]) => {
    for (const { product, ...flow } of lines) write(product, flow);
    toast(t('channel.stockRead', { count: lines.length }));
  };
  const turn = (by: number) => {
    setMonth(Temporal.PlainYearMonth.from(month).add({ months: by }).toString());
    setEdits(new Map());
  };
  const save = () =>
    run(async () => {
      await put(`/channel/mine/stock/${month}`, {
        lines: told.map((item) => ({ product: item.product, ...clean(flowOf(item)) })),
      });
      await queryClient.invalidateQueries({ queryKey: ['mine'] });
      refreshEntity('stock-declarations');
      setEdits(new Map());
      toast(t('channel.stockSaved', { month }), { kind: 'good' });
    });
  return (
    <div className="page channel-side">
      <div className="head">
        <h1 tabIndex={-1}>{t('channel.stock')}</h1>
        <button
          type="button"
          className="button"
          aria-label={t('channel.monthBefore')}
          onClick={() => turn(-1)}
        >
          ‹
        </button>
        <b>{month}</b>
        <button type="button" className="button" aria-label={t('channel.monthAfter')} onClick={() => turn(1)}>
          ›
        </button>
        <span className="fill" />
        <button type="button" className="button" onClick={() => setReading(true)}>
          {t('channel.stockTable')}
        </button>
        <button
          type="button"
          className="button primary"
          disabled={busy || told.length === 0}
          onClick={() => void save()}
        >
          {t('channel.saveStock')}
        </button>
      </div>
      <FormError message={message} />
      {data.items.length === 0 && <p className="quiet">{t('channel.noGoods')}</p>}
      <FigureTable
        corner={t('channel.product')}
        heads={[...NAMES, 'closing'].map((name) => t(`channel.flow.${name}`))}
        rows={data.items.map((item) => {
          const flow = flowOf(item);
          const closing = closingOf(clean(flow));
          return {
            key: item.product,
            head: item.name,
            cells: [
              ...NAMES.map((name) => ({
                key: name,
                text: (
                  <Input
                    className="channel-number"
                    inputMode="decimal"
                    aria-label={`${item.name} ${t(`channel.flow.${name}`)}`}
                    value={flow[name]}
                    onFocus={({ target }) => target.select()}
                    onChange={({ target }) =>
                      write(item.product, { [name]: target.value.replaceAll(/[^\d.]/g, '') })
                    }
                  />
                ),
              })),
              { key: 'closing', text: groupDigits(closing), bad: closing.startsWith('-') },
            ],
          };
        })}
      />
      {reading && <StockTableDialog month={month} onDone={take} onClose={() => setReading(false)} />}
    </div>
  );
}
