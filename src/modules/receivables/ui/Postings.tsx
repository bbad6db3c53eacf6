import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, post } from '../../../web/api/client.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import { moneyText } from '../../../web/fields/format.ts';
import { StepDialog } from '../../../web/file/StepDialog.tsx';
import type { SlotProps } from '../../../web/slots.ts';
import type { MoneyPosting } from '../receipt/postings.ts';
import { refreshMoney } from './Steps.tsx';
import './money.css';

/** How what was paid is taken back, by whose money it is. */
const BACK: Record<string, (id: string) => string> = {
  receipt: (id) => `/receipts/${id}/unallocate`,
  rebateAgreement: (id) => `/rebate-agreements/${id}/rebate-put-back`,
};

/** What a receipt or a rebate has paid, or what paid an order; whoever books it may take it back from here. */
export function Postings({ entity, record }: SlotProps) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<MoneyPosting | null>(null);
  const { data, error } = useQuery({
    queryKey: ['short', 'receipts', 'postings', entity.name, record.id],
    retry: false,
    queryFn: () => get<{ items: MoneyPosting[] }>(`/receivables/postings/${entity.name}/${record.id}`),
  });
  if (!data && !error) return null;
  const items = data?.items ?? [];
  return (
    <section className="money-lines">
      {items.length === 0 && <p className="quiet">{t('money.noPostings')}</p>}
      <ul>
        {items.map((item) => (
          <li key={item.id} className={item.back === 'taken' ? 'taken' : ''}>
            <span className="what">
              <span>
                {t(item.back === 'takes' ? `money.back.${item.kind}` : `money.did.${item.kind}`)}{' '}
                <Aims posting={item} from={entity.name} />
              </span>
              <span className="quiet">
                {[item.day, item.by, item.remark, item.back === 'taken' ? t('money.takenBack') : '']
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </span>
            <strong className="amount">
              {moneyText(item.amount)}
              {item.paid ? ` → ${moneyText(item.paid)}` : ''}
            </strong>
            {item.free && (
              <button type="button" className="button" onClick={() => setAsked(item)}>
                {t('money.takeBack')}
              </button>
            )}
          </li>
        ))}
      </ul>
      {asked && (
        <StepDialog
          onClose={() => setAsked(null)}
          step={{
            key: 'unallocate',
            label: t('money.takeBack'),
            asks: [{ name: 'reason', label: t('money.pick.reason'), kind: 'longText', required: true }],
            take: async ({ reason }) => {
              const path = BACK[asked.from.entity]?.(asked.from.id);
              if (path) await post(path, { postings: [asked.id], reason });
              refreshMoney();
            },
          }}
        />
      )}
    </section>
  );
}

/** What it paid, or on the other side by whose money. */
function Aims({ posting, from }: { posting: MoneyPosting; from: string }) {
  const { t } = useTranslation();
  const meta = useMeta();
  const ends = [posting.from, posting.holder, posting.invoice].filter(
    (end) => end !== null && end.entity !== from,
  );
  return (
    <>
      {ends.map((end) => {
        const type = end && meta.entity(end.entity);
        if (!end || !type) return null;
        return end.title === null ? (
          <span key={end.id}>{t('record.outOfSight')} </span>
        ) : (
          <Link
            key={end.id}
            className="link"
            to="/r/$plural/$id"
            params={{ plural: type.plural, id: end.id }}
          >
            {type.label} {end.title}{' '}
          </Link>
        );
      })}
      {posting.instalment && <span className="quiet">{posting.instalment}</span>}
    </>
  );
}
