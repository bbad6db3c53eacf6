import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMeta } from '../../../web/api/meta.tsx';
import { instantText } from '../../../web/fields/format.ts';
import type { ForecastPage } from '../page/page.shared.ts';
import { useMoney, useSubmissions } from './api.ts';
import { SubmitDialog } from './dialogs.tsx';

/** What one promised in this round, until when it can be changed, and what one's superior made of it. */
export function Promised({ page }: { page: ForecastPage }) {
  const { t } = useTranslation();
  const { me } = useMeta();
  const money = useMoney();
  const { data } = useSubmissions(page.period);
  const [level, setLevel] = useState<'own' | 'team' | null>(null);
  if (!data || page.by !== 'owner' || page.last < page.today) return null;
  const mine = data.now.filter(({ person }) => person === me.id);
  const adjusted = data.adjustments.filter(({ person }) => person === me.id);
  return (
    <section className="card forecast-promise" aria-label={t('forecast.promise')}>
      <div>
        <h2>{t('forecast.promise')}</h2>
        <p className="quiet">{t('forecast.closes', { at: instantText(data.closesAt) })}</p>
      </div>
      <div className="fill">
        {mine.length === 0 && <p className="quiet">{t('forecast.notYet')}</p>}
        {mine.map((one) => (
          <p key={one.level}>
            {t(`forecast.promised.${one.level}`, { commit: money(one.commit), best: money(one.best) })}
            {one.note && <span className="quiet"> {one.note}</span>}
          </p>
        ))}
        {adjusted.map((one) => (
          <p key={one.manager}>
            {t('forecast.adjustedBy', {
              name: one.managerName ?? '—',
              amount: money(one.commit),
              note: one.note,
            })}
          </p>
        ))}
      </div>
      <button type="button" className="button primary" onClick={() => setLevel('own')}>
        {t('forecast.submit')}
      </button>
      {data.mayAdjust.length > 0 && (
        <button type="button" className="button" onClick={() => setLevel('team')}>
          {t('forecast.submitTeam')}
        </button>
      )}
      {level && <SubmitDialog page={page} submissions={data} level={level} onClose={() => setLevel(null)} />}
    </section>
  );
}
