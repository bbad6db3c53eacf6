import { useTranslation } from 'react-i18next';
import { shortInstant } from '../../../web/fields/format.ts';
import type { SlotProps } from '../../../web/slots.ts';
import { useStanding } from './Banner.tsx';

/** Who had the customer when, and why it went on. */
export function Moves({ record }: SlotProps) {
  const { t } = useTranslation();
  const { data } = useStanding(record);
  if (!data || (data.items.length === 0 && !data.protectedUntil && !data.recycleOn && !data.keptBy.length))
    return null;
  return (
    <section className="card">
      <header>
        <h2>{t('pools.moves')}</h2>
      </header>
      <div className="card-body">
        {data.protectedUntil && <p>{t('pools.protectedUntil', { date: data.protectedUntil })}</p>}
        {data.recycleOn && <p className="quiet">{t('pools.recycleOn', { date: data.recycleOn })}</p>}
        {data.keptBy.length > 0 && <p className="quiet">{t('pools.kept')}</p>}
        <ul className="pool-moves">
          {data.items.map((move) => (
            <li key={move.id}>
              <b>{t(`pools.move.${move.kind}`)}</b>{' '}
              <span className="quiet">
                {shortInstant(move.at)} · {move.actor ?? t('pools.byRule')}
              </span>
              <div>
                {move.fromOwner ?? move.fromPool ?? '—'} → {move.toOwner ?? move.toPool ?? '—'}
              </div>
              {move.part && <div className="quiet">{t('pools.part', { name: move.part })}</div>}
              {move.reason && <div className="quiet">{why(t, move.reason)}</div>}
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

const CODES = ['no_contact', 'not_won'];
const why = (t: (key: string) => string, reason: string) =>
  CODES.includes(reason) ? t(`pools.reason.${reason}`) : reason;
