import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Filter } from '../../../web/api/types.ts';
import { moneyText } from '../../../web/fields/format.ts';
import { COLUMNS, type ColumnName } from '../profit/columns.shared.ts';
import type { Profit, ProfitLine } from '../profit/read.ts';

const PHASES: readonly ColumnName[] = ['initial', 'upkeep', 'ending'];

interface Props {
  profit: Profit;
  lines: readonly ProfitLine[];
  sort: string | undefined;
  onSort(sort: string): void;
}

/** Lines with their total; what nobody knows has no column. Costs lead to the entries they are the sum of. */
export function ProfitTable({ profit, lines, sort, onSort }: Props) {
  const { t } = useTranslation();
  const columns = COLUMNS.filter((name) => profit.total[name] !== null);
  if (lines.length === 0)
    return (
      <section className="card">
        <div className="empty-page">
          <h2>{t('worth.none')}</h2>
          <p>{t('worth.noneText')}</p>
        </div>
      </section>
    );
  const counted = profit.group !== 'customer';
  return (
    <section className="card profit-table">
      <table>
        <thead>
          <tr>
            <th scope="col">{t(`worth.by.${profit.group}`)}</th>
            {counted && <th scope="col">{t('worth.col.customers')}</th>}
            {columns.map((name) => (
              <th
                key={name}
                scope="col"
                aria-sort={sort === name ? 'ascending' : sort === `-${name}` ? 'descending' : 'none'}
              >
                <button type="button" onClick={() => onSort(sort === `-${name}` ? name : `-${name}`)}>
                  {t(`worth.col.${name}`)}
                  <span aria-hidden="true">{sort === name ? ' ↑' : sort === `-${name}` ? ' ↓' : ''}</span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Line line={profit.total} profit={profit} columns={columns} total />
          {lines.map((line) => (
            <Line key={line.key ?? ''} line={line} profit={profit} columns={columns} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface LineProps {
  line: ProfitLine;
  profit: Profit;
  columns: readonly ColumnName[];
  total?: boolean;
}

function Line({ line, profit, columns, total = false }: LineProps) {
  const { t } = useTranslation();
  const { group, currency } = profit;
  const name = total
    ? t('worth.total')
    : (line.title ?? t(line.key === null ? 'worth.nobody' : 'worth.unseen'));
  return (
    <tr className={total ? 'total' : undefined}>
      <th scope="row">
        {group === 'customer' && line.key && line.title ? (
          <Link to="/r/$plural/$id" params={{ plural: 'customers', id: line.key }}>
            {name}
          </Link>
        ) : (
          name
        )}
      </th>
      {group !== 'customer' && <td data-label={t('worth.col.customers')}>{line.customers}</td>}
      {columns.map((column) => {
        const amount = line[column] ?? '0';
        const text = moneyText({ amount, currency });
        const filter = total ? null : entriesOf(profit, line, column);
        const state =
          Number(amount) === 0 ? 'nothing' : column === 'profit' && amount.startsWith('-') ? 'lost' : '';
        return (
          <td key={column} data-label={t(`worth.col.${column}`)} className={state}>
            {filter && Number(amount) !== 0 ? (
              <Link to="/r/$plural" params={{ plural: 'cost-entries' }} search={{ filter }}>
                {text}
              </Link>
            ) : (
              text
            )}
          </td>
        );
      })}
    </tr>
  );
}

/** The costs a number is the sum of; null where it is none of costs. */
function entriesOf({ group, period }: Profit, { key }: ProfitLine, column: ColumnName): Filter | null {
  const isPhase = PHASES.includes(column);
  if (!isPhase && column !== 'cost') return null;
  const who = whose(group, key);
  if (!who) return null;
  return {
    and: [
      ...who,
      { field: 'day', op: 'gte', value: period.from },
      { field: 'day', op: 'lte', value: period.to },
      ...(isPhase ? [{ field: 'phase', op: 'eq' as const, value: column }] : []),
    ],
  };
}

function whose(group: Profit['group'], key: string | null): Filter[] | null {
  const equal = (field: string): Filter =>
    key === null ? { field, op: 'empty', value: true } : { field, op: 'eq', value: key };
  if (group === 'customer') return [equal('customer')];
  if (group === 'person') return [equal('person')];
  if (group === 'grade' || group === 'owner') return [equal(`customer.${group}`)];
  const [year = 0, month = 1] = (key ?? '').split('-').map(Number);
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return [
    { field: 'day', op: 'gte', value: `${key}-01` },
    { field: 'day', op: 'lte', value: `${key}-${String(last).padStart(2, '0')}` },
  ];
}
