import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { moneyText } from '../../../web/fields/format.ts';
import type { ReadRow } from '../row/read.ts';

const COLOR = { open: 'teng', inBatch: 'dai', paid: 'song' } as const;

interface Props {
  rows: readonly ReadRow[];
  currency: string;
  /** Beside each row, where something can be done with it. */
  action?(row: ReadRow): React.ReactNode;
}

/** Rows with how each came. */
export function RowList({ rows, currency, action }: Props) {
  const { t } = useTranslation();
  const money = (amount: string) => moneyText({ amount, currency });
  return (
    <ul className="commission-rows">
      {rows.map((row) => (
        <li key={row.id}>
          <div className="commission-row-head">
            <Link to="/r/$plural/$id" params={{ plural: 'commission-rows', id: row.id }}>
              {row.name}
            </Link>
            {row.customer?.title && row.customer.title !== row.name && (
              <span className="quiet">{row.customer.title}</span>
            )}
            <span className={`tag ${COLOR[row.status]}`}>{t(`commission.status.${row.status}`)}</span>
            <span className="fill" />
            <strong className={row.amount.startsWith('-') ? 'late' : ''}>{money(row.amount)}</strong>
          </div>
          <p className="quiet">
            {[row.day, t(`commission.kind.${row.kind}`), row.plan, row.words].filter(Boolean).join(' · ')}
          </p>
          {action?.(row)}
        </li>
      ))}
    </ul>
  );
}
