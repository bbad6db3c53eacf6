import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { type MassJob, useMassFailures } from '../api/mass.ts';
import type { MetaEntity } from '../api/types.ts';

interface Props {
  job: MassJob;
  entity: MetaEntity;
  onClose: () => void;
}

/** Which records a mass action left as they were, and why. */
export function MassFailures({ job, entity, onClose }: Props) {
  const { t } = useTranslation();
  const { data } = useMassFailures(job.id);
  const failures = data?.failures ?? [];
  return (
    <Modal open width={560} title={t('mass.left', { count: job.failed })} footer={null} onCancel={onClose}>
      <ul className="mass-failures">
        {failures.map((each) => (
          <li key={each.id}>
            {each.title === null ? (
              <span className="quiet">{t('mass.outOfSight')}</span>
            ) : (
              <a href={`/r/${entity.plural}/${each.id}`} target="_blank" rel="noreferrer">
                {each.title}
              </a>
            )}
            <span className="quiet">{each.message ?? each.code}</span>
          </li>
        ))}
      </ul>
      {data && failures.length < job.failed && (
        <p className="quiet">{t('mass.listed', { count: failures.length })}</p>
      )}
    </Modal>
  );
}
