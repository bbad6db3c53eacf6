import { useTranslation } from 'react-i18next';
import type { ModelCard } from '../../platform/learning/store.ts';
import './learning.css';

const percent = (value: number) => `${Math.round(100 * value)}%`;

/** How a model stands: why there is none, or how good it was on cases it had not seen. */
export function ModelFigures({ card }: { card: ModelCard }) {
  const { t } = useTranslation();
  const { state, won, lost, needed, quality } = card;
  if (state === 'none') return <p className="quiet">{t('learning.none')}</p>;
  if (state === 'few' || !quality) return <p>{t('learning.few', { needed, won, lost })}</p>;
  return (
    <div className="learning">
      <p>
        {t(state === 'weak' ? 'learning.weak' : 'learning.on', {
          auc: quality.auc.toFixed(2),
          cases: quality.cases,
        })}
      </p>
      <p className="quiet">
        {t('learning.brier', { brier: quality.brier.toFixed(3), naive: quality.naiveBrier.toFixed(3) })}
      </p>
      <table className="plain-table">
        <thead>
          <tr>
            {['cases', 'said', 'came'].map((name) => (
              <th key={name}>{t(`learning.${name}`)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {quality.calibration.map((bin, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: groups in their order
            <tr key={at}>
              <td>{bin.count}</td>
              <td>{percent(bin.said)}</td>
              <td>{percent(bin.came)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
