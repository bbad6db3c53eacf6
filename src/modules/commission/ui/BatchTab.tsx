import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, post } from '../../../web/api/client.ts';
import { refreshEntity } from '../../../web/api/records.ts';
import { moneyText } from '../../../web/fields/format.ts';
import { Steps as FileSteps } from '../../../web/file/Steps.tsx';
import { FailedPage, PageSkeleton } from '../../../web/shell/StatusPage.tsx';
import type { SlotProps } from '../../../web/slots.ts';
import type { BatchPerson } from '../batch/people.ts';
import type { BatchAgreement } from '../rebate/batch/agreements.ts';
import type { RebateRow } from '../rebate/read/rows.ts';
import type { ReadRow } from '../row/read.ts';
import { listedCommission, listedRebate } from './listed.ts';
import { RowList } from './RowList.tsx';
import './commission.css';

/** What a settlement gives one person, or by one agreement. */
type Given = Pick<BatchPerson, 'earned' | 'takenBack' | 'adjusted' | 'amount' | 'rows'> & {
  id: string;
  title: string | null;
  note: string | null;
};

interface Settled {
  plural: string;
  command: string;
  /** The route below a batch, and the parameter that names one of it. */
  items: string;
  one: string;
  /** Whether each gets a paper of his own. */
  paper: boolean;
}

const SETTLED: Record<string, Settled> = {
  commissionBatch: {
    ...{ plural: 'commission-batches', command: 'commission-leave-out', items: 'people', one: 'person' },
    paper: true,
  },
  rebateBatch: {
    ...{ plural: 'rebate-batches', command: 'rebate-leave-out', items: 'agreements', one: 'agreement' },
    paper: false,
  },
};

const givenOf = (item: BatchPerson | BatchAgreement): Given =>
  'person' in item
    ? { ...item, ...item.person, note: null }
    : { ...item, ...item.agreement, note: item.customer.title };

/** Whom a settlement pays how much, and of which rows. */
export function BatchTab({ entity, record }: SlotProps) {
  const settled = SETTLED[entity.name] as Settled;
  const { t } = useTranslation();
  const [open, setOpen] = useState<string | null>(null);
  const at = `/${settled.plural}/${record.id}`;
  const { data, error, refetch } = useQuery({
    queryKey: ['short', settled.plural, 'given', record.id, record.version],
    queryFn: ({ signal }) =>
      get<{ currency: string; items: (BatchPerson | BatchAgreement)[] }>(
        `${at}/${settled.items}`,
        {},
        signal,
      ),
    placeholderData: (old) => old,
  });
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  const money = (amount: string) =>
    Number(amount) === 0 ? '–' : moneyText({ amount, currency: data.currency });
  if (data.items.length === 0)
    return (
      <p className="quiet commission-empty">
        {t(settled.paper ? 'commission.batchEmpty' : 'rebates.batchEmpty')}
      </p>
    );
  return (
    <div className="commission-batch">
      <p className="commission-tools">
        <a className="button" href={`/api/v1${at}/sheet`} download>
          {t('commission.xlsx')}
        </a>
      </p>
      <div className="commission-table">
        <table>
          <thead>
            <tr>
              {[settled.one, 'earned', 'takenBack', 'adjusted', 'amount'].map((name) => (
                <th key={name} scope="col">
                  {t(`commission.col.${name}`)}
                </th>
              ))}
              {settled.paper && (
                <th scope="col">
                  <span className="sr">{t('commission.col.tools')}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {data.items.map(givenOf).map(({ id, title, note, earned, takenBack, adjusted, amount, rows }) => (
              <tr key={id}>
                <th scope="row">
                  <button
                    type="button"
                    className="link"
                    aria-expanded={open === id}
                    onClick={() => setOpen(open === id ? null : id)}
                  >
                    {[title, note, t('commission.count', { count: rows })].filter(Boolean).join(' · ')}
                  </button>
                </th>
                <td>{money(earned)}</td>
                <td className={Number(takenBack) < 0 ? 'late' : ''}>{money(takenBack)}</td>
                <td>{money(adjusted)}</td>
                <td>
                  <strong>{money(amount)}</strong>
                </td>
                {settled.paper && (
                  <td>
                    <a href={`/api/v1${at}/pdf?person=${id}`} target="_blank" rel="noreferrer">
                      PDF
                    </a>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {open && <GivenRows key={open} settled={settled} of={open} record={record} />}
    </div>
  );
}

interface RowsProps {
  settled: Settled;
  of: string;
  record: SlotProps['record'];
}

function GivenRows({ settled, of, record }: RowsProps) {
  const { t } = useTranslation();
  const at = `/${settled.plural}/${record.id}`;
  const { data } = useQuery({
    queryKey: ['short', settled.plural, 'rows', record.id, record.version, of],
    queryFn: ({ signal }) =>
      get<{ currency: string; items: (ReadRow | RebateRow)[] }>(`${at}/rows`, { [settled.one]: of }, signal),
  });
  if (!data) return <PageSkeleton />;
  const [commission, rebate] = [listedCommission(t, data.currency), listedRebate(t)];
  const loose = record.status === 'draft' && record.can.update;
  const reason = { name: 'reason', label: t('commission.ask.reason'), kind: 'longText' as const };
  const leave = (id: string) => ({
    key: id,
    label: t('commission.leaveOut'),
    asks: [{ ...reason, required: true, max: 500 }],
    take: async (answers: Record<string, unknown>) => {
      await post(`${at}/${settled.command}`, { ...answers, rows: [id] });
      refreshEntity(settled.plural);
    },
  });
  return (
    <RowList
      rows={data.items.map((row) => ('person' in row ? commission(row) : rebate(row)))}
      {...(loose ? { action: (id: string) => <FileSteps steps={[leave(id)]} /> } : {})}
    />
  );
}
