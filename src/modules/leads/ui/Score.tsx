import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { get } from '../../../web/api/client.ts';
import { fieldOf } from '../../../web/api/meta.tsx';
import { Because } from '../../../web/learning/Because.tsx';
import type { SlotProps } from '../../../web/slots.ts';
import type { ScoreWhy } from '../score/routes.ts';
import './leads.css';

/** Points rule by rule, and how likely the lead is converted by what was learnt, with what moved that. */
export function Score({ entity, record }: SlotProps) {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['record', 'leads', record.id, 'score', record.version],
    queryFn: ({ signal }) => get<ScoreWhy>(`/leads/${record.id}/score`, undefined, signal),
    retry: false,
  });
  if (!data || record.status === 'converted') return null;
  const { points, chance, model } = data;
  const sum = Math.round(points.reduce((total, each) => total + each.points, 0));
  return (
    <section className="card">
      <header>
        <h2>{t('leads.score')}</h2>
        <b>{t('leads.points', { count: sum })}</b>
        {chance && <span className="quiet">{t('leads.chance', { percent: chance.percent })}</span>}
      </header>
      <div className="card-body">
        {points.length > 0 ? (
          <ul className="lead-list">
            {points.map((each) => (
              <li key={each.rule}>
                {each.rule} <b>{each.points > 0 ? `+${each.points}` : each.points}</b>
              </li>
            ))}
          </ul>
        ) : (
          <p className="quiet">{t('leads.noPoints')}</p>
        )}
        {chance ? (
          <Because
            because={chance.because}
            labelOf={(feature) => fieldOf(entity, feature)?.label ?? feature}
          />
        ) : (
          <p className="quiet">
            {t(model.state === 'weak' ? 'leads.modelWeak' : 'leads.modelOff', {
              needed: model.needed,
              won: model.won,
              lost: model.lost,
            })}
          </p>
        )}
      </div>
    </section>
  );
}
