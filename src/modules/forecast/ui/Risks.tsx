import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { fieldOf, may, useMeta } from '../../../web/api/meta.tsx';
import type { MetaEntity, Link as Reference, WireRecord } from '../../../web/api/types.ts';
import { FieldValue } from '../../../web/fields/FieldValue.tsx';
import { openCreate } from '../../../web/form/create.ts';
import { useRisks } from './api.ts';
import { EditCell } from './Deals.tsx';

const FIELDS = ['owner', 'stage', 'amount', 'closeDate', 'nextStep', 'nextStepDate'] as const;

/** Endangered business: why, and what is to be done, written down where it is talked about. */
export function Risks({ period, entity }: { period: string; entity: MetaEntity }) {
  const { t } = useTranslation();
  const { data } = useRisks(period);
  const fields = FIELDS.flatMap((name) => fieldOf(entity, name) ?? []);
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
          <table className="plain-table forecast-deals">
            <thead>
              <tr>
                <th scope="col">{entity.label}</th>
                {fields.map(({ name, label }) => (
                  <th key={name} scope="col" className={name === 'amount' ? 'num' : ''}>
                    {label}
                  </th>
                ))}
                <th scope="col">{t('forecast.do')}</th>
              </tr>
            </thead>
            <tbody>
              {data.items.map(({ record, risks }) => (
                <tr key={record.id}>
                  <th scope="row">
                    <Link to="/r/$plural/$id" params={{ plural: entity.plural, id: record.id }}>
                      {record.title}
                    </Link>
                    <span className="forecast-risks">
                      {risks.map((risk) => (
                        <span key={risk} className={`tag ${risk === 'overdue' ? 'zhu' : 'teng'}`}>
                          {t(`forecast.risk.${risk}`)}
                        </span>
                      ))}
                    </span>
                  </th>
                  {fields.map((field) => (
                    <td key={field.name} className={field.name === 'amount' ? 'num' : ''}>
                      {field.name === 'owner' || field.name === 'stage' ? (
                        <FieldValue field={field} value={record[field.name]} compact />
                      ) : (
                        <EditCell entity={entity} record={record} name={field.name} />
                      )}
                    </td>
                  ))}
                  <td>
                    <Notes record={record} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
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
