import { useTranslation } from 'react-i18next';
import { may, useMeta } from '../../../web/api/meta.tsx';
import type { MetaEntity, Link as Reference, WireRecord } from '../../../web/api/types.ts';
import { openCreate } from '../../../web/form/create.ts';
import { useRisks } from './api.ts';
import { DealTable } from './DealTable.tsx';

const COLUMNS = ['owner', 'stage', 'amount', 'closeDate', 'nextStep', 'nextStepDate'];

/** Endangered business: why, and what is to be done, written down where it is talked about. */
export function Risks({ period, entity }: { period: string; entity: MetaEntity }) {
  const { t } = useTranslation();
  const { data } = useRisks(period);
  const risks = new Map(data?.items.map((each) => [each.record.id, each.risks]));
  return (
    <section className="card" aria-label={t('forecast.risks')}>
      <header>
        <h2>{t('forecast.risks')}</h2>
      </header>
      {!data ? (
        <div className="skeleton" role="status" aria-label={t('loading')} />
      ) : data.items.length === 0 ? (
        <p className="card-body quiet">{t('forecast.noRisks')}</p>
      ) : (
        <div className="scroll-x">
          <DealTable
            entity={entity}
            records={data.items.map(({ record }) => record)}
            columns={COLUMNS}
            last={t('forecast.do')}
            inLast={(record) => <Notes record={record} />}
            beneath={(record) => (
              <span className="forecast-risks">
                {risks.get(record.id)?.map((risk) => (
                  <span key={risk} className={`tag ${risk === 'overdue' ? 'zhu' : 'teng'}`}>
                    {t(`forecast.risk.${risk}`)}
                  </span>
                ))}
              </span>
            )}
          />
        </div>
      )}
    </section>
  );
}

/** A note with the customer, and a task for whoever has to do it. */
function Notes({ record }: { record: WireRecord }) {
  const { t } = useTranslation();
  const meta = useMeta();
  const customer = record.customer as Reference | null;
  const owner = record.owner as Reference | null;
  const [activity, task] = [meta.entity('activity'), meta.entity('task')];
  return (
    <span className="forecast-notes">
      {activity && customer && may(activity, 'create') && (
        <button
          type="button"
          className="link"
          aria-label={t('forecast.noteOn', { name: record.title })}
          onClick={() => void openCreate(activity, { kind: 'note', customer, subject: record.title })}
        >
          {t('forecast.noteIt')}
        </button>
      )}
      {task && may(task, 'create') && (
        <button
          type="button"
          className="link"
          aria-label={t('forecast.taskOn', { name: record.title })}
          onClick={() =>
            void openCreate(task, {
              title: record.nextStep ?? record.title,
              ...(customer ? { customer } : {}),
              ...(owner ? { owner } : {}),
            })
          }
        >
          {t('forecast.task')}
        </button>
      )}
    </span>
  );
}
