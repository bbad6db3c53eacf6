import { useTranslation } from 'react-i18next';
import { useMeta } from '../../../web/api/meta.tsx';
import { valueText } from '../../../web/fields/format.ts';
import type { SlotProps } from '../../../web/slots.ts';
import { useFigures } from './api.ts';
import './sequences.css';

/** How far each step goes: how many it reached, how many answered it, how many were won. */
export function Figures({ record }: SlotProps) {
  const { t } = useTranslation();
  const step = useMeta().entity('sequenceStep');
  const { data } = useFigures(record.id, record.version);
  if (!data) return null;
  const action = step?.fields.find(({ name }) => name === 'action');
  const share = (part: number, of: number) => (of ? `${Math.round((part / of) * 100)}%` : '—');
  return (
    <section className="card">
      <header>
        <h2>{t('sequences.figures')}</h2>
      </header>
      {data.items.length === 0 ? (
        <p className="card-body quiet">{t('sequences.noSteps')}</p>
      ) : (
        <div className="card-body sequence-figures">
          <table>
            <thead>
              <tr>
                <th scope="col">{t('sequences.stepHead')}</th>
                <th scope="col" className="num">
                  {t('sequences.reached')}
                </th>
                <th scope="col" className="num">
                  {t('sequences.replied')}
                </th>
                <th scope="col" className="num">
                  {t('sequences.won')}
                </th>
              </tr>
            </thead>
            <tbody>
              {data.items.map((each, at) => (
                <tr key={each.step}>
                  <td>
                    {at + 1}. {action ? valueText(action, each.action) : each.action}
                    <small title={each.subject}>{each.subject}</small>
                  </td>
                  <td className="num">{each.reached}</td>
                  <td className="num">
                    {each.replied} <small>{share(each.replied, each.reached)}</small>
                  </td>
                  <td className="num">{each.won}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className="quiet">{t('sequences.figuresText')}</p>
        </div>
      )}
    </section>
  );
}
