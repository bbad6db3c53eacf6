import { useTranslation } from 'react-i18next';
import type { Overview, Preview } from './api.ts';

/** Before, and who has how much of it afterwards. */
export function PreviewTable({ overview, preview }: { overview: Overview; preview: Preview }) {
  const { t } = useTranslation();
  const kinds = overview.kinds.filter(({ entity }) => preview.before[entity]);
  const line = (key: string, name: string, counts: Record<string, number>) => (
    <tr key={key}>
      <td>{name}</td>
      {kinds.map(({ entity }) => (
        <td key={entity} className="num">
          {counts[entity] ?? 0}
        </td>
      ))}
    </tr>
  );
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th>{t('handover.receiver')}</th>
          {kinds.map(({ entity, label }) => (
            <th key={entity} className="num">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {line('before', t('handover.before'), preview.before)}
        {preview.receivers.map(({ id, name, counts }) => line(id, `→ ${name}`, counts))}
        {line('stays', t('handover.stays'), preview.stays)}
      </tbody>
    </table>
  );
}
