import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

const VIEWS = [
  ['board', '/board'],
  ['list', '/r/opportunities'],
  ['calendar', '/board/calendar'],
  ['timeline', '/board/timeline'],
] as const;

/** From one way of looking at opportunities to another. */
export function Views({ now }: { now: (typeof VIEWS)[number][0] }) {
  const { t } = useTranslation();
  return (
    <nav className="sales-views" aria-label={t('sales.views')}>
      {VIEWS.map(([name, to]) => (
        <Link
          key={name}
          to={to as string}
          activeOptions={{ exact: true }}
          {...(name === now ? { 'aria-current': 'page' as const } : {})}
        >
          {t(`sales.view.${name}`)}
        </Link>
      ))}
    </nav>
  );
}
