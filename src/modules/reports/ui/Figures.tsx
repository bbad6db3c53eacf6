import { Link } from '@tanstack/react-router';
import type { CountedFigure, QuotaState } from './api.ts';

/** Numbers, each with the records behind it. */
export function Figures({ figures }: { figures: CountedFigure[] }) {
  return (
    <ul className="report-figures">
      {figures.map(({ name, label, value, plural, filter }) => (
        <li key={name} className={value === 0 ? 'zero' : ''}>
          <Link to="/r/$plural" params={{ plural }} search={{ filter }}>
            <b>{value}</b>
            <span>{label}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** How far one is with what is asked of one. */
export function Quotas({ quotas }: { quotas: QuotaState[] }) {
  return (
    <ul className="report-quotas">
      {quotas.map(({ id, name, value, least, met }) => (
        <li key={id} className={met ? 'met' : ''}>
          <span>{name}</span>
          <progress max={least} value={Math.min(value, least)} aria-label={name} />
          <b>
            {value}/{least}
          </b>
        </li>
      ))}
    </ul>
  );
}
