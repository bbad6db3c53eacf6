import { useTranslation } from 'react-i18next';
import { CopyLine } from '../../../web/admin/CopyLine.tsx';
import type { SlotProps } from '../../../web/slots.ts';
import { useResults } from './api.ts';
import { QrCode } from './QrCode.tsx';
import './surveys.css';

/** How a survey reaches people: its address as text and picture, and how many were asked singly. */
export function ShareCard({ record }: SlotProps) {
  const { t } = useTranslation();
  const { data } = useResults(record);
  if (!data) return null;
  return (
    <section className="card">
      <header>
        <h2>{t('surveys.share')}</h2>
      </header>
      <div className="card-body survey-share">
        {data.publicUrl ? (
          <>
            <CopyLine label={t('surveys.publicUrl')} text={data.publicUrl} />
            <QrCode text={data.publicUrl} name={record.title} />
            {record.status !== 'open' && <p className="quiet">{t('surveys.notYet')}</p>}
          </>
        ) : (
          <p className="quiet">{t('surveys.ownLinksOnly')}</p>
        )}
        <dl>
          {(['invited', 'mailed', 'back'] as const).map((name) => (
            <div key={name}>
              <dt>{t(`surveys.count.${name}`)}</dt>
              <dd>{data[name]}</dd>
            </div>
          ))}
          <div>
            <dt>{t('surveys.rate')}</dt>
            <dd>{data.invited ? `${Math.round((data.back / data.invited) * 100)}%` : '—'}</dd>
          </div>
        </dl>
        <p className="quiet">{t('surveys.askHow')}</p>
      </div>
    </section>
  );
}
