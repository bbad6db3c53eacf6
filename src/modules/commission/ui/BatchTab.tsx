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
import type { ReadRow } from '../row/read.ts';
import { RowList } from './RowList.tsx';
import './commission.css';

/** Whom a settlement pays how much, and of which rows. */
export function BatchTab({ record }: SlotProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<string | null>(null);
  const at = `/commission-batches/${record.id}`;
  const { data, error, refetch } = useQuery({
    queryKey: ['short', 'commission-batches', 'people', record.id, record.version],
    queryFn: ({ signal }) => get<{ currency: string; items: BatchPerson[] }>(`${at}/people`, {}, signal),
    placeholderData: (old) => old,
  });
  if (error && !data) return <FailedPage error={error} again={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  const money = (amount: string) =>
    Number(amount) === 0 ? '–' : moneyText({ amount, currency: data.currency });
  if (data.items.length === 0) return <p className="quiet commission-empty">{t('commission.batchEmpty')}</p>;
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
              {['person', 'earned', 'takenBack', 'adjusted', 'amount'].map((name) => (
                <th key={name} scope="col">
                  {t(`commission.col.${name}`)}
                </th>
              ))}
              <th scope="col">
                <span className="sr">{t('commission.col.tools')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {data.items.map(({ person, earned, takenBack, adjusted, amount, rows }) => (
              <tr key={person.id}>
                <th scope="row">
                  <button
                    type="button"
                    className="link"
                    aria-expanded={open === person.id}
                    onClick={() => setOpen(open === person.id ? null : person.id)}
                  >
                    {person.title} · {t('commission.count', { count: rows })}
                  </button>
                </th>
                <td>{money(earned)}</td>
                <td className={Number(takenBack) < 0 ? 'late' : ''}>{money(takenBack)}</td>
                <td>{money(adjusted)}</td>
                <td>
                  <strong>{money(amount)}</strong>
                </td>
                <td>
                  <a href={`/api/v1${at}/pdf?person=${person.id}`} target="_blank" rel="noreferrer">
                    PDF
                  </a>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {open && <PersonRows key={open} at={at} person={open} record={record} />}
    </div>
  );
}

function PersonRows({ at, person, record }: { at: string; person: string; record: SlotProps['record'] }) {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['short', 'commission-batches', 'rows', record.id, record.version, person],
    queryFn: ({ signal }) => get<{ currency: string; items: ReadRow[] }>(`${at}/rows`, { person }, signal),
  });
  if (!data) return <PageSkeleton />;
  const loose = record.status === 'draft' && record.can.update;
  const leave = (id: string) => ({
    key: id,
    label: t('commission.leaveOut'),
    asks: [
      {
        name: 'reason',
        label: t('commission.ask.reason'),
        kind: 'longText' as const,
        required: true,
        max: 500,
      },
    ],
    take: async (answers: Record<string, unknown>) => {
      await post(`${at}/commission-leave-out`, { ...answers, rows: [id] });
      refreshEntity('commission-batches');
    },
  });
  return (
    <RowList
      rows={data.items}
      currency={data.currency}
      {...(loose ? { action: (row: ReadRow) => <FileSteps steps={[leave(row.id)]} /> } : {})}
    />
  );
}
