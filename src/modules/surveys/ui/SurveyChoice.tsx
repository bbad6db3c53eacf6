import { Link } from '@tanstack/react-router';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useShortList } from '../../../web/api/records.ts';

/** Which of the open surveys people are asked to answer. */
export function SurveyChoice({ value, onChange }: { value: string | null; onChange(id: string): void }) {
  const { t } = useTranslation();
  const { data } = useShortList('surveys', {
    filter: { field: 'status', op: 'in', value: ['open'] },
    sort: '-updatedAt',
  });
  return (
    <label className="field" htmlFor="survey-choice">
      <span className="field-label">{t('surveys.which')}</span>
      <Select
        id="survey-choice"
        value={value}
        loading={!data}
        options={data?.items.map(({ id, title }) => ({ value: id, label: title })) ?? []}
        onChange={onChange}
        notFoundContent={
          <span>
            {t('surveys.noneOpen')}{' '}
            <Link to="/r/$plural" params={{ plural: 'surveys' }}>
              {t('surveys.toSurveys')}
            </Link>
          </span>
        }
      />
    </label>
  );
}
