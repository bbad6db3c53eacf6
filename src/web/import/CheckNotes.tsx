import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMeta } from '../api/meta.tsx';
import type { ImportJob } from './api.ts';

const NAMES = 6;

/** What the check found besides the rows: what else is made, which names were taken for which, what will be in no sum. */
export function CheckNotes({ job, planned }: { job: ImportJob; planned: boolean }) {
  return (
    <>
      <Unrated job={job} />
      <Matched job={job} />
      <AlsoMade job={job} planned={planned} />
    </>
  );
}

function useLabels(job: ImportJob): (path: string) => string {
  const { entity } = useMeta();
  const own = entity(job.entity);
  return (path) => {
    const [child, name] = path.split('.');
    const fields = name ? entity(child ?? '')?.fields : own?.fields;
    return fields?.find((field) => field.name === (name ?? path))?.label ?? path;
  };
}

/** Departments, managers, tags: made because the file names them. */
function AlsoMade({ job, planned }: { job: ImportJob; planned: boolean }) {
  const { t } = useTranslation();
  const labelOf = useLabels(job);
  const made = Object.entries(job.checked?.missing ?? {}).filter(([, names]) => names.length > 0);
  return made.map(([path, names]) => (
    <p key={path}>
      {t(planned ? 'import.willMake' : 'import.made', {
        field: labelOf(path),
        count: names.length.toLocaleString(),
      })}
      {names.slice(0, NAMES).join(t('list.comma'))}
      {names.length > NAMES && '…'}
    </p>
  ));
}

/** Names that are written otherwise here: whoever imports sees for what they are taken before anything is written. */
function Matched({ job }: { job: ImportJob }) {
  const { t } = useTranslation();
  const labelOf = useLabels(job);
  const matched = Object.entries(job.checked?.matched ?? {});
  if (matched.length === 0) return null;
  return (
    <section className="card pad" aria-label={t('import.matched')}>
      <h2>{t('import.matched')}</h2>
      <p className="quiet">{t('import.matchedHint')}</p>
      {matched.map(([path, names]) => (
        <ul key={path} className="matched-names">
          {names.map(({ text, title, rows }) => (
            <li key={text}>
              {labelOf(path)} <b>{text}</b> → <b>{title}</b>{' '}
              <span className="quiet">{t('import.inRows', { count: rows.toLocaleString() })}</span>
            </li>
          ))}
        </ul>
      ))}
    </section>
  );
}

/** Amounts that are kept, and are in no sum until somebody says what their currency is worth. */
function Unrated({ job }: { job: ImportJob }) {
  const { t } = useTranslation();
  const rates = useMeta().entity('exchangeRate');
  const unrated = job.checked?.unrated ?? [];
  if (unrated.length === 0) return null;
  return (
    <div className="import-unrated" role="status">
      {unrated.map(({ currency, rows, from }) => (
        <p key={currency}>{t('import.unrated', { currency, count: rows.toLocaleString(), from })}</p>
      ))}
      {rates && (
        <Link to="/r/$plural" params={{ plural: rates.plural }}>
          {t('import.toRates')}
        </Link>
      )}
    </div>
  );
}
