import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { may, useMeta } from '../../../web/api/meta.tsx';
import { useShortList } from '../../../web/api/records.ts';
import type { Link as Reference, WireRecord } from '../../../web/api/types.ts';
import { shortInstant, valueText } from '../../../web/fields/format.ts';
import type { SlotProps } from '../../../web/slots.ts';
import { RunButtons } from './RunButtons.tsx';
import './sequences.css';

const EnrolDialog = lazy(() => import('./EnrolDialog.tsx').then((m) => ({ default: m.EnrolDialog })));

/** Which sequences a lead, piece of business, person or customer goes through, and what can be done about it. */
export function RunsCard({ entity, record }: SlotProps) {
  const { t } = useTranslation();
  const run = useMeta().entity('sequenceRun');
  const [choosing, setChoosing] = useState(false);
  const filter = { field: entity.name, op: 'eq' as const, value: record.id };
  const { data } = useShortList(run?.plural, { filter, sort: '-updatedAt' }, 5);
  if (!run || !data) return null;
  const begins = may(run, 'create') && record.can.update;
  if (data.items.length === 0 && !begins) return null;
  return (
    <section className="card">
      <header>
        <h2>{t('sequences.title')}</h2>
        <span className="fill" />
        {begins && (
          <button type="button" className="link" onClick={() => setChoosing(true)}>
            {t('sequences.begin')}
          </button>
        )}
      </header>
      <ul className="card-body sequence-runs">
        {data.items.map((each) => (
          <RunLine key={each.id} run={each} />
        ))}
        {data.items.length === 0 && <li className="quiet">{t('sequences.noRuns')}</li>}
      </ul>
      {choosing && (
        <Suspense fallback={null}>
          <EnrolDialog
            entity={entity}
            target={{ ids: [record.id] }}
            count={1}
            done={() => setChoosing(false)}
            onClose={() => setChoosing(false)}
          />
        </Suspense>
      )}
    </section>
  );
}

function RunLine({ run }: { run: WireRecord }) {
  const { t } = useTranslation();
  const entity = useMeta().entity('sequenceRun');
  const field = entity?.fields.find(({ name }) => name === (run.stopReason ? 'stopReason' : 'status'));
  const next = run.nextAt as string | null | undefined;
  return (
    <li>
      <div className="what">
        <Link to="/r/$plural/$id" params={{ plural: 'sequence-runs', id: run.id }}>
          {(run.sequence as Reference | null)?.title ?? run.title}
        </Link>{' '}
        {field && <span className="tag">{valueText(field, run[field.name])}</span>}
        <small>
          {[
            t('sequences.stepsDone', { count: Number(run.step ?? 0) }),
            next ? t('sequences.nextAt', { at: shortInstant(next) }) : null,
          ]
            .filter(Boolean)
            .join(' · ')}
        </small>
      </div>
      <RunButtons run={run} />
    </li>
  );
}
