import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { may, useMeta } from '../../../web/api/meta.tsx';
import { useShortList } from '../../../web/api/records.ts';
import type { MetaEntity, WireRecord } from '../../../web/api/types.ts';
import { moneyText } from '../../../web/fields/format.ts';
import { PageSkeleton, StatusPage } from '../../../web/shell/StatusPage.tsx';
import { Steps } from './Steps.tsx';
import './money.css';

const waiting = { field: 'status', op: 'in' as const, value: ['open', 'partly'] };

/** Money that came in and waits for somebody to say whose it is, and what finance has to confirm. */
export function ClaimsPage() {
  const { t } = useTranslation();
  const meta = useMeta();
  const entry = meta.entity('bankEntry');
  const receipt = meta.entity('receipt');
  const entries = useShortList(entry?.plural, { filter: waiting, sort: '-date' }, 100);
  const pending = useShortList(
    receipt?.plural,
    { filter: { field: 'status', op: 'eq', value: 'pending' }, sort: '-date' },
    100,
  );
  if (!entry) return <StatusPage title={t('page.missing')} text={t('page.missingText')} />;
  return (
    <div className="page money-page">
      <div className="head">
        <h1 tabIndex={-1}>{t('money.claims')}</h1>
        <span className="fill" />
        {may(entry, 'create') && <Statement />}
      </div>
      {receipt && (pending.data?.items.length ?? 0) > 0 && (
        <Lines title={t('money.toConfirm')} entity={receipt} records={pending.data?.items ?? []} />
      )}
      {entries.data ? (
        <Lines
          title={t('money.toClaim')}
          entity={entry}
          records={entries.data.items}
          empty={t('money.noneToClaim')}
        />
      ) : (
        <PageSkeleton />
      )}
    </div>
  );
}

function Lines({
  title,
  entity,
  records,
  empty,
}: {
  title: string;
  entity: MetaEntity;
  records: readonly WireRecord[];
  empty?: string;
}) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<WireRecord | null>(null);
  const amount = (record: WireRecord) =>
    (record.left ?? record.amount) as { amount: string; currency: string } | null;
  // Whoever is being asked about a line keeps it, though somebody else was faster: his answer tells him so.
  const lost = asked && !records.some(({ id }) => id === asked.id);
  const shown = lost ? [asked, ...records] : records;
  const purpose = (record: WireRecord) =>
    (['invoice', 'order', 'contract'] as const).flatMap((name) => {
      const paid = record[name] as { title?: string } | null | undefined;
      return paid?.title ? [`${t(`money.pick.${name}`)} ${paid.title}`] : [];
    })[0];
  const by = (record: WireRecord) => {
    const who = record.createdBy as { title?: string } | null | undefined;
    return record.status === 'pending' && who?.title ? t('money.claimedBy', { who: who.title }) : null;
  };
  return (
    <section className="card money-lines">
      <header>
        <h2>{title}</h2>
        <span className="quiet">{records.length || ''}</span>
      </header>
      {shown.length === 0 && <p className="quiet card-body">{empty}</p>}
      <ul>
        {shown.map((record) => {
          const money = amount(record);
          const customer = record.customer as { title?: string } | undefined;
          return (
            <li key={record.id}>
              <span className="what">
                <strong>{record.title}</strong>
                <span className="quiet">
                  {[
                    record.date,
                    customer?.title === record.title ? null : customer?.title,
                    purpose(record),
                    record.summary,
                    by(record),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </span>
              <strong className="amount">{money ? moneyText(money) : ''}</strong>
              <span className="buttons">
                <Steps
                  entity={entity}
                  record={record}
                  onAsking={(asking) => setAsked(asking ? record : null)}
                />
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

const StatementDialog = lazy(() =>
  import('./StatementDialog.tsx').then((m) => ({ default: m.StatementDialog })),
);

function Statement() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="button primary" onClick={() => setOpen(true)}>
        {t('money.statement')}
      </button>
      <Suspense fallback={null}>{open && <StatementDialog onClose={() => setOpen(false)} />}</Suspense>
    </>
  );
}
