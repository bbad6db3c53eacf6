import { Link } from '@tanstack/react-router';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { messageOf } from '../../../web/api/client.ts';
import type { MetaEntity } from '../../../web/api/types.ts';
import { instantText } from '../../../web/fields/format.ts';
import type { ForecastPage } from '../page/page.shared.ts';
import type { Movements } from '../snapshot/moves.shared.ts';
import { useMoney, useMoves } from './api.ts';

/** From what was open in the period last week to what is open now, move by move; each leads to its business. */
export function Moves({ page, entity }: { page: ForecastPage; entity: MetaEntity }) {
  const { t } = useTranslation();
  const { data, error } = useMoves(page.period);
  return (
    <section className="card" aria-label={t('forecast.moves')}>
      <header>
        <h2>{t('forecast.moves')}</h2>
        {data && <span className="quiet">{t('forecast.since', { at: instantText(data.since) })}</span>}
      </header>
      {error ? (
        <p className="card-body" role="alert">
          {messageOf(error)}
        </p>
      ) : data ? (
        <Bridge moves={data} entity={entity} />
      ) : (
        <div className="skeleton" role="status" aria-label={t('loading')} />
      )}
    </section>
  );
}

function Bridge({ moves, entity }: { moves: Movements; entity: MetaEntity }) {
  const { t } = useTranslation();
  const money = useMoney();
  const [open, setOpen] = useState<string | null>(null);
  return (
    <table className="plain-table forecast-bridge">
      <tbody>
        <tr>
          <th scope="row">{t('forecast.opening')}</th>
          <td className="num">{money(moves.opening)}</td>
        </tr>
        {moves.moves.map(({ move, count, amount, deals }) => (
          <Fragment key={move}>
            <tr>
              <th scope="row">
                <button
                  type="button"
                  className="link"
                  aria-expanded={open === move}
                  onClick={() => setOpen(open === move ? null : move)}
                >
                  {t(`forecast.move.${move}`, { count })}
                </button>
              </th>
              <td className={`num ${amount.startsWith('-') ? 'down' : 'up'}`}>{money(amount)}</td>
            </tr>
            {open === move &&
              deals.map((deal) => (
                <tr key={deal.id} className="forecast-inside">
                  <td>
                    <Link to="/r/$plural/$id" params={{ plural: entity.plural, id: deal.id }}>
                      {deal.name ?? '—'}
                    </Link>
                  </td>
                  <td className="num">{money(deal.amount)}</td>
                </tr>
              ))}
          </Fragment>
        ))}
        <tr>
          <th scope="row">{t('forecast.closing')}</th>
          <td className="num">{money(moves.closing)}</td>
        </tr>
      </tbody>
    </table>
  );
}
