import { useQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, post } from '../../../web/api/client.ts';
import { queryClient } from '../../../web/api/query.ts';
import { groupDigits, moneyText } from '../../../web/fields/format.ts';
import { FormError } from '../../../web/shell/FormError.tsx';
import { PageSkeleton } from '../../../web/shell/StatusPage.tsx';
import { toast } from '../../../web/shell/toasts.tsx';
import { useSaving } from '../../../web/shell/useSaving.ts';
import type { Good, OwnOrder } from './api.ts';
import './channel.css';

/** A partner orders from us: its goods at its prices, and what it ordered before. */
export function OrderPage() {
  const { t } = useTranslation();
  const { busy, message, run } = useSaving();
  const [q, setQ] = useState('');
  const [wanted, setWanted] = useState<ReadonlyMap<string, string>>(new Map());
  const goods = useQuery({
    queryKey: ['mine', 'goods', q],
    queryFn: () => get<{ currency: string; items: Good[] }>('/channel/mine/goods', q ? { q } : {}),
    placeholderData: (before) => before,
  });
  const lines = [...wanted].filter(([, quantity]) => Number(quantity) > 0);
  const send = () =>
    run(async () => {
      const { number } = await post<{ number: string }>('/channel/mine/orders', {
        lines: lines.map(([product, quantity]) => ({ product, quantity })),
      });
      setWanted(new Map());
      await queryClient.invalidateQueries({ queryKey: ['mine'] });
      toast(t('channel.ordered', { number }), { kind: 'good' });
    });
  if (!goods.data) return <PageSkeleton />;
  const { currency, items } = goods.data;
  return (
    <div className="page channel-side">
      <div className="head">
        <h1 tabIndex={-1}>{t('channel.order')}</h1>
        <span className="fill" />
        <button
          type="button"
          className="button primary"
          disabled={busy || lines.length === 0}
          onClick={() => void send()}
        >
          {t('channel.send', { count: lines.length })}
        </button>
      </div>
      <FormError message={message} />
      <section className="card">
        <header>
          <Input
            allowClear
            aria-label={t('channel.findGoods')}
            placeholder={t('channel.findGoods')}
            value={q}
            onChange={({ target }) => setQ(target.value)}
          />
        </header>
        {items.length === 0 && <p className="quiet card-body">{t('channel.noGoods')}</p>}
        <ul className="channel-people card-body">
          {items.map((good) => (
            <li key={good.id}>
              <span>
                <b>{good.name}</b>
                <small className="quiet">
                  {good.price ? moneyText({ amount: good.price, currency }) : t('channel.noPrice')}
                </small>
              </span>
              <Input
                className="channel-number"
                inputMode="decimal"
                aria-label={t('channel.quantityOf', { name: good.name })}
                disabled={!good.price}
                value={wanted.get(good.id) ?? ''}
                onChange={({ target }) =>
                  setWanted(new Map(wanted).set(good.id, target.value.replaceAll(/[^\d.]/g, '')))
                }
              />
            </li>
          ))}
        </ul>
      </section>
      <OwnOrders />
    </div>
  );
}

function OwnOrders() {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['mine', 'orders'],
    queryFn: () => get<{ items: OwnOrder[] }>('/channel/mine/orders'),
  });
  return (
    <section className="card">
      <header>
        <h2>{t('channel.orders')}</h2>
      </header>
      {data?.items.length === 0 && <p className="quiet card-body">{t('channel.noOrders')}</p>}
      <ul className="channel-people card-body">
        {data?.items.map((order) => (
          <li key={order.id}>
            <span>
              <b>{order.number}</b> {order.date}
              <small className="quiet">
                {order.lines
                  .map(
                    ({ name, quantity, delivered }) =>
                      `${name} ${groupDigits(delivered)}/${groupDigits(quantity)}`,
                  )
                  .join('；')}
              </small>
            </span>
            <span className="channel-end">
              {moneyText({ amount: order.total, currency: order.currency })}
              <small className="quiet">{t(`channel.state.${order.status}`)}</small>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
