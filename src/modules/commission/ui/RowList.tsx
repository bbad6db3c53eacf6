import { Link } from '@tanstack/react-router';
import { moneyText } from '../../../web/fields/format.ts';

const COLOR = { open: 'teng', inBatch: 'dai', paid: 'song' } as const;

/** A row of commission or rebates, in words. */
export interface ListedRow {
  id: string;
  name: string;
  /** Where it leads to. */
  to: { plural: string; id: string } | null;
  customer: string | null;
  status: keyof typeof COLOR;
  /** The state, as one says it. */
  tag: string;
  amount: string;
  currency: string;
  facts: readonly (string | null)[];
}

interface Props {
  rows: readonly ListedRow[];
  /** Beside each row, where something can be done with it. */
  action?(id: string): React.ReactNode;
}

/** Rows with how each came. */
export function RowList({ rows, action }: Props) {
  return (
    <ul className="commission-rows">
      {rows.map(({ id, name, to, customer, status, tag, amount, currency, facts }) => (
        <li key={id}>
          <div className="commission-row-head">
            {to ? (
              <Link to="/r/$plural/$id" params={to}>
                {name}
              </Link>
            ) : (
              <span>{name}</span>
            )}
            {customer && customer !== name && <span className="quiet">{customer}</span>}
            <span className={`tag ${COLOR[status]}`}>{tag}</span>
            <span className="fill" />
            <strong className={amount.startsWith('-') ? 'late' : ''}>
              {moneyText({ amount, currency })}
            </strong>
          </div>
          <p className="quiet">{facts.filter(Boolean).join(' · ')}</p>
          {action?.(id)}
        </li>
      ))}
    </ul>
  );
}
