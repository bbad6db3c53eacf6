import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { get, post, remove } from '../../../web/api/client.ts';
import { may, useMeta } from '../../../web/api/meta.tsx';
import { queryClient } from '../../../web/api/query.ts';
import { moneyText } from '../../../web/fields/format.ts';
import { openCreate } from '../../../web/form/create.ts';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import type { SlotProps } from '../../../web/slots.ts';
import type { NextOffer } from '../market/next.shared.ts';
import './sales.css';

const REASONS = ['notNeeded', 'hasOther', 'tooDear', 'later'];

/** What the customer could be offered next, what to say, and the one step to a quote or an opportunity. */
export function NextProducts({ record }: SlotProps) {
  const { t } = useTranslation();
  const queryKey = ['short', 'opportunities', 'next', record.id];
  const { data } = useQuery({
    queryKey,
    queryFn: ({ signal }) => get<NextOffer[]>(`/customers/${record.id}/next-products`, undefined, signal),
  });
  if (!data?.length) return null;
  const again = () => queryClient.invalidateQueries({ queryKey });
  const path = `/customers/${record.id}/unwanted-products`;
  const putOff = async (offer: NextOffer, reason: string) => {
    try {
      await post(path, { product: offer.product, reason });
      await again();
      toast(t('sales.nextPutOff', { name: offer.name }), {
        kind: 'good',
        action: {
          label: t('undo'),
          run: () => void remove(`${path}/${offer.product}`).then(again).catch(toastError),
        },
      });
    } catch (error) {
      toastError(error);
    }
  };
  return (
    <section className="card">
      <header>
        <h2>{t('sales.next')}</h2>
      </header>
      <ul className="card-body next-products">
        {data.map((offer) => (
          <li key={offer.product}>
            <Link to="/r/$plural/$id" params={{ plural: 'products', id: offer.product }}>
              {offer.name}
            </Link>
            {offer.price !== null && (
              <span className="num">{moneyText({ amount: offer.price, currency: offer.currency })}</span>
            )}
            <p>{offer.because ?? <Numbers offer={offer} />}</p>
            <p className="quiet">{t('sales.nextFrom', { names: offer.from.join('、') })}</p>
            <Make offer={offer} customer={{ id: record.id, title: record.title }}>
              {record.can.update && (
                <Dropdown
                  trigger={['click']}
                  menu={{
                    items: REASONS.map((key) => ({ key, label: t(`sales.unwanted.${key}`) })),
                    onClick: ({ key }) => void putOff(offer, key),
                  }}
                >
                  <button type="button" className="link">
                    {t('sales.nextNot')}
                  </button>
                </Dropdown>
              )}
            </Make>
          </li>
        ))}
      </ul>
    </section>
  );
}

const percent = (share: string) => `${Math.round(Number(share) * 100)}%`;

/** Other customers' orders speak; how many of them, and how much more often than by chance. */
function Numbers({ offer: { together } }: { offer: NextOffer }) {
  const { t } = useTranslation();
  if (!together) return null;
  const { both, buyers, confidence, lift } = together;
  return t('sales.nextTogether', { both, buyers, share: percent(confidence), lift: Number(lift).toFixed(1) });
}

interface MakeProps {
  offer: NextOffer;
  customer: { id: string; title: string };
  children: React.ReactNode;
}

function Make({ offer, customer, children }: MakeProps) {
  const { t } = useTranslation();
  const meta = useMeta();
  const navigate = useNavigate();
  const product = { id: offer.product, title: offer.name };
  const steps = [
    {
      entity: meta.entity('quote'),
      label: 'sales.nextQuote',
      values: {
        customer,
        lines: [{ product, quantity: '1', name: offer.name, price: offer.price, taxRate: '0.13' }],
      },
    },
    {
      entity: meta.entity('opportunity'),
      label: 'sales.nextOpportunity',
      values: { customer, name: offer.name, products: [product] },
    },
  ];
  return (
    <p className="next-does">
      {steps.map(({ entity, label, values }) =>
        entity && may(entity, 'create') ? (
          <button
            key={label}
            type="button"
            className="link"
            onClick={async () => {
              const made = await openCreate(entity, values);
              if (made)
                await navigate({ to: '/r/$plural/$id', params: { plural: entity.plural, id: made.id } });
            }}
          >
            {t(label)}
          </button>
        ) : null,
      )}
      {children}
    </p>
  );
}
