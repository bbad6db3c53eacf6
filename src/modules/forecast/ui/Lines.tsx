import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Filter, MetaEntity } from '../../../web/api/types.ts';
import type { ForecastLine, ForecastPage } from '../page/page.shared.ts';
import { useMoney } from './api.ts';
import { conditionsOf } from './conditions.ts';
import { Deals } from './Deals.tsx';
import type { Wish } from './wish.ts';

const COLUMNS = ['won', 'commit', 'best', 'pipeline', 'weighted'] as const;
const FIELDS = {
  owner: 'owner',
  department: 'owner.department',
  product: 'products',
  pipeline: 'pipeline',
} as const;

/** Line by line; a line opens to the business behind it. */
export function Lines({ page, entity, wish }: { page: ForecastPage; entity: MetaEntity; wish: Wish }) {
  const { t } = useTranslation();
  const money = useMoney();
  const [open, setOpen] = useState<string | null>(null);
  if (page.lines.length === 0)
    return (
      <div className="empty-page">
        <h3>{t('forecast.empty')}</h3>
        <p>{t('forecast.emptyText')}</p>
      </div>
    );
  return (
    <div className="scroll-x">
      <table className="plain-table forecast-lines">
        <thead>
          <tr>
            <th scope="col">{t(`forecast.by.${page.by}`)}</th>
            <th scope="col" className="num">
              {t('forecast.deals')}
            </th>
            {COLUMNS.map((name) => (
              <th key={name} scope="col" className="num">
                {t(`forecast.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {page.lines.map((line) => {
            const key = String(line.key);
            return (
              <Fragment key={key}>
                <tr>
                  <th scope="row">
                    <button
                      type="button"
                      className="link"
                      aria-expanded={open === key}
                      onClick={() => setOpen(open === key ? null : key)}
                    >
                      {line.title ?? t('forecast.none')}
                    </button>
                  </th>
                  <td className="num">
                    {line.deals}{' '}
                    {line.unrated > 0 && (
                      <span className="tag teng">{t('forecast.unratedShort', { count: line.unrated })}</span>
                    )}
                  </td>
                  {COLUMNS.map((name) => (
                    <td key={name} className="num">
                      {money(line[name])}
                    </td>
                  ))}
                </tr>
                {open === key && (
                  <tr>
                    <td colSpan={COLUMNS.length + 2} className="forecast-inside">
                      <Deals entity={entity} filter={filterOf(page, line, wish)} />
                    </td>
                  </tr>
                )}
              </Fragment>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** What is won or expected in the period: the day of what is decided is the day it was. */
function filterOf({ from, last, by }: ForecastPage, { key }: ForecastLine, wish: Wish): Filter {
  const field = FIELDS[by];
  const own: Filter =
    key === null
      ? { field, op: 'empty', value: true }
      : { field, op: by === 'product' ? 'in' : 'eq', value: by === 'product' ? [key] : key };
  return {
    and: [
      own,
      ...conditionsOf(wish),
      { field: 'status', op: 'in', value: ['open', 'won'] },
      { field: 'closeDate', op: 'between', value: [from, last] },
    ],
  };
}
