import { useTranslation } from 'react-i18next';
import './learning.css';

interface Props {
  because: readonly { feature: string; weight: number }[];
  labelOf(feature: string): string;
}

const MOST = 5;

/** What moved a likelihood most, up or down. */
export function Because({ because, labelOf }: Props) {
  const { t } = useTranslation();
  const most = Math.max(0.01, ...because.map(({ weight }) => Math.abs(weight)));
  return (
    <ul className="because">
      {because.slice(0, MOST).map(({ feature, weight }) => (
        <li key={feature}>
          <span>{labelOf(feature)}</span>
          <span className="because-bar" aria-hidden>
            <span
              className={weight > 0 ? 'song' : 'zhu'}
              style={{ width: `${(100 * Math.abs(weight)) / most}%` }}
            />
          </span>
          <span className="quiet">{t(weight > 0 ? 'learning.up' : 'learning.down')}</span>
        </li>
      ))}
    </ul>
  );
}
