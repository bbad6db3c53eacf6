import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { get } from '../../../web/api/client.ts';
import { may, useMeta } from '../../../web/api/meta.tsx';
import { refreshEntity } from '../../../web/api/records.ts';
import type { WireRecord } from '../../../web/api/types.ts';
import { moneyText } from '../../../web/fields/format.ts';
import { openCreate } from '../../../web/form/create.ts';
import type { SlotProps } from '../../../web/slots.ts';
import type { MoneyCard as Card } from '../figures/card.ts';
import './money.css';
import { useDueText } from './waits.ts';

const ROWS = [
  'total',
  'received',
  'invoiced',
  'open',
  'overdue',
  'invoicedNotReceived',
  'receivedNotInvoiced',
  'over',
  'advance',
] as const;
/** Shown also where they come to nothing. */
const ALWAYS = new Set(['total', 'received', 'open']);

const HEAD = ['currency', 'pricesIncludeTax', 'deduction'];
const LINE = ['product', 'name', 'specification', 'unit', 'quantity', 'price', 'discount', 'taxRate'];

const pick = (names: readonly string[], from: Record<string, unknown>) =>
  Object.fromEntries(names.flatMap((name) => (from[name] == null ? [] : [[name, from[name]]])));

/** An invoice is asked for with the lines of what it is for, to be cut down to what is invoiced now. */
function linesFrom(record: WireRecord): Record<string, unknown> {
  const lines = (record.lines ?? []) as Record<string, unknown>[];
  return lines.length ? { ...pick(HEAD, record), lines: lines.map((line) => pick(LINE, line)) } : {};
}

/** Where money stands with this customer, contract or order, and what can be done about it. */
export function MoneyCard({ entity, record }: SlotProps) {
  const { t } = useTranslation();
  const meta = useMeta();
  const dueText = useDueText();
  const receipt = meta.entity('receipt');
  const { data } = useQuery({
    // Goods that come back and amendments change what is owed without any receipt.
    queryKey: ['short', 'receipts', 'card', entity.name, record.id, record.version],
    placeholderData: (card, query) => (query?.queryKey[4] === record.id ? card : undefined),
    enabled: !!receipt,
    retry: false,
    queryFn: () => get<Card>(`/receivables/${entity.name}/${record.id}`),
  });
  if (!receipt || !data) return null;
  const rows = ROWS.filter((name) => ALWAYS.has(name) || Number(data[name]) !== 0);
  if (rows.every((name) => Number(data[name]) === 0) && entity.name !== 'customer') return null;
  const link = { id: record.id, title: record.title };
  const add = async (type: string) => {
    const wanted = meta.entity(type);
    const customer = entity.name === 'customer' ? link : record.customer;
    const given = {
      customer,
      ...(entity.name === 'customer' ? {} : { [entity.name]: link }),
      ...(type === 'invoice'
        ? linesFrom(record)
        : Number(data.open) > 0 && entity.name !== 'customer'
          ? { amount: { amount: data.open, currency: data.currency } }
          : {}),
    };
    if (wanted && (await openCreate(wanted, given))) refreshEntity(wanted.plural);
  };
  return (
    <section className="card money-card">
      <header>
        <h2>{t('money.card')}</h2>
      </header>
      <div className="card-body">
        <dl>
          {rows.map((name) => (
            <div key={name} className={['overdue', 'over'].includes(name) ? 'late' : ''}>
              <dt>{t(`money.card.${name}`)}</dt>
              <dd>{moneyText({ amount: data[name], currency: data.currency })}</dd>
            </div>
          ))}
          {data.limit && (
            <div className={data.limit.blocked || data.limit.left.startsWith('-') ? 'late' : ''}>
              <dt>{t(data.limit.blocked ? 'money.card.blocked' : 'money.card.limit')}</dt>
              <dd>{moneyText({ amount: data.limit.left, currency: data.currency })}</dd>
            </div>
          )}
        </dl>
        {(data.instalments.length > 1 || data.instalments.some(({ waits }) => waits)) && (
          <ul>
            {data.instalments.map(({ id, name, due, open, late, waits }) => (
              <li key={id ?? ''} className={late ? 'late' : ''}>
                <span>{name ?? t('money.instalment')}</span>
                <span className="quiet">{dueText(due, waits)}</span>
                <span>
                  {Number(open) === 0
                    ? t('money.paid')
                    : moneyText({ amount: open, currency: data.currency })}
                </span>
              </li>
            ))}
          </ul>
        )}
        <p className="money-steps">
          {(['receipt', 'invoice'] as const).map((type) =>
            may(meta.entity(type), 'create') ? (
              <button key={type} type="button" className="link" onClick={() => void add(type)}>
                {t(`money.add.${type}`)}
              </button>
            ) : null,
          )}
          {entity.name === 'customer' && (
            <Link
              className="link"
              to={'/receivables' as string}
              search={{ group: 'item', customer: record.id } as never}
            >
              {t('money.items')}
            </Link>
          )}
        </p>
      </div>
    </section>
  );
}
