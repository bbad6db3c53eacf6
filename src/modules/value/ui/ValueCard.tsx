import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { get } from '../../../web/api/client.ts';
import { may, useMeta } from '../../../web/api/meta.tsx';
import { refreshEntity } from '../../../web/api/records.ts';
import { moneyText } from '../../../web/fields/format.ts';
import { openCreate } from '../../../web/form/create.ts';
import type { SlotProps } from '../../../web/slots.ts';
import type { ValueCard as Card } from '../profit/card.ts';
import { How } from './How.tsx';
import './value.css';

const PHASES = ['initial', 'upkeep', 'ending'] as const;

/** What a customer cost and brought in the last year, whether it pays, and what all of it is reckoned from. */
export function ValueCard({ record }: SlotProps) {
  const { t } = useTranslation();
  const meta = useMeta();
  const entry = meta.entity('costEntry');
  const { data } = useQuery({
    queryKey: ['short', 'cost-entries', 'card', record.id],
    enabled: !!entry,
    queryFn: () => get<Card>(`/value/of/${record.id}`),
  });
  if (!entry || !data) return null;
  const add = async (type: string) => {
    const entity = meta.entity(type);
    if (!entity) return;
    const made = await openCreate(entity, { customer: { id: record.id, title: record.title } });
    if (made) refreshEntity(entry.plural);
  };
  const filter = {
    and: [
      { field: 'customer', op: 'eq' as const, value: record.id },
      { field: 'day', op: 'gte' as const, value: data.period.from },
    ],
  };
  const buttons = [
    ['costEntry', 'worth.add'],
    ['valueJudgement', 'worth.judge'],
    ['referral', 'worth.refer'],
  ] as const;
  return (
    <section className="card value-card">
      <header>
        <h2>{t('worth.card')}</h2>
        <span className="quiet">{t('worth.card.year')}</span>
      </header>
      <div className="card-body">
        <Sums card={data} />
        <Costs card={data} />
        <How card={data} />
        <p className="value-steps">
          {data.kinds.length > 0 && (
            <Link className="link" to="/r/$plural" params={{ plural: 'cost-entries' }} search={{ filter }}>
              {t('worth.card.open')}
            </Link>
          )}
          {buttons.map(([type, label]) =>
            may(meta.entity(type), 'create') ? (
              <button key={type} type="button" className="link" onClick={() => void add(type)}>
                {t(label)}
              </button>
            ) : null,
          )}
        </p>
      </div>
    </section>
  );
}

/** What it brings less what it costs; what nobody knows is said to be unknown. */
function Sums({ card }: { card: Card }) {
  const { t } = useTranslation();
  const money = (amount: string) => moneyText({ amount, currency: card.currency });
  const lines = [
    [t('worth.card.economic'), card.margin ?? (card.knows.margin ? '0.00' : t('worth.unknown'))],
    [t('worth.col.demonstration'), card.demonstration],
    [t('worth.col.referral'), card.referral],
    [t('worth.col.cost'), card.cost],
  ] as const;
  const lost = card.profit?.startsWith('-');
  return (
    <dl className="value-sums">
      {lines.map(([label, amount]) =>
        amount === null ? null : (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{Number.isNaN(Number(amount)) ? amount : money(amount)}</dd>
          </div>
        ),
      )}
      <div className="whole">
        <dt>{t('worth.col.profit')}</dt>
        <dd className={lost ? 'lost' : undefined}>
          {card.profit === null ? t('worth.card.unknown') : money(card.profit)}
        </dd>
      </div>
    </dl>
  );
}

function Costs({ card }: { card: Card }) {
  const { t } = useTranslation();
  if (card.kinds.length === 0) return <p className="quiet">{t('worth.card.none')}</p>;
  const money = (amount: string | null) => moneyText({ amount: amount ?? '0', currency: card.currency });
  const phases = PHASES.filter((phase) => Number(card[phase]) !== 0);
  return (
    <>
      <p className="quiet">
        {phases.map((phase) => `${t(`worth.phase.${phase}`)} ${money(card[phase])}`).join(' · ')}
      </p>
      <p className="quiet">
        {card.kinds.map(({ kind, amount }) => `${t(`worth.kind.${kind}`)} ${money(amount)}`).join(' · ')}
      </p>
    </>
  );
}
