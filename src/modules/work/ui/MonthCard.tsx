import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { get } from '../../../web/api/client.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import type { Month, MonthFigure } from './api.ts';

/** My month so far; each number opens the list behind it. */
export function MonthCard() {
  const { t } = useTranslation();
  const { data } = useQuery({ queryKey: ['today', 'month'], queryFn: () => get<Month>('/today/month') });
  if (!data) return null;
  return (
    <section className="card">
      <header>
        <h2>{t('month.title', { month: t(`month.${data.month}`) })}</h2>
        <span className="fill" />
        <span className="quiet">{t('month.left', { count: data.workdaysLeft })}</span>
      </header>
      <div className="month-figures">
        {data.figures.map((figure) => (
          <FigureOf key={figure.name} figure={figure} />
        ))}
      </div>
    </section>
  );
}

function FigureOf({ figure }: { figure: MonthFigure }) {
  const { t } = useTranslation();
  const entity = useMeta().entity(figure.entity);
  if (!entity) return null;
  const shown = figure.none ? '—' : figure.of ? `${figure.value}%` : figure.value;
  return (
    <Link
      to="/r/$plural"
      params={{ plural: entity.plural }}
      search={{ filter: figure.filter }}
      className="month-figure"
    >
      <small>{t(`month.${figure.name}`)}</small>
      <b>{shown}</b>
      {figure.of && <small>{t('month.of', figure.of)}</small>}
    </Link>
  );
}
