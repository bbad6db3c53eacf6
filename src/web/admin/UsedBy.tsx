import { useTranslation } from 'react-i18next';

/** Where a field is spoken of, as `/custom-fields/{id}/usage` tells it. */
export interface FieldUsage {
  count: number;
  rules: { kind: string; title: string }[];
  views: string[];
  roles: string[];
}

/** Whoever takes a field away sees what stands still without it, before he does. */
export function UsedBy({ usage: { rules, views, roles } }: { usage: FieldUsage }) {
  const { t } = useTranslation();
  const kinds = [...Map.groupBy(rules, ({ kind }) => kind)];
  const lines: [string, string[]][] = [
    ...kinds.map(([kind, of]): [string, string[]] => [kind, of.map(({ title }) => title)]),
    [t('fields.usedViews'), views],
    [t('fields.usedRoles'), roles],
  ];
  const used = lines.filter(([, titles]) => titles.length > 0);
  if (used.length === 0) return null;
  return (
    <>
      <p className={rules.length > 0 ? 'warn-text' : ''}>
        {t(rules.length > 0 ? 'fields.usedRules' : 'fields.used')}
      </p>
      <ul className="plain">
        {used.map(([kind, titles]) => (
          <li key={kind}>
            {kind}:{' '}
            {titles
              .slice(0, SHOWN)
              .map((title) => t('fields.usedName', { title }))
              .join(t('fields.usedJoin'))}
            {titles.length > SHOWN && ` … ${titles.length}`}
          </li>
        ))}
      </ul>
    </>
  );
}

const SHOWN = 5;
