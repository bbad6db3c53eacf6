import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { FilterTerm, MetaEntity } from '../api/types.ts';
import { Comparison } from './Comparison.tsx';
import { filterFields, newTerm } from './filterModel.ts';

interface Props {
  entity: MetaEntity;
  term: FilterTerm;
  onChange: (term: FilterTerm) => void;
}

/** One condition on a field of the record itself. */
export function TermEditor({ entity, term, onChange }: Props) {
  const { t } = useTranslation();
  const fields = filterFields(entity);
  const field = fields.find((item) => item.name === term.field) ?? fields[0];
  if (!field) return null;
  return (
    <div className="term">
      <Select
        aria-label={t('filter.field')}
        showSearch={{ optionFilterProp: 'label' }}
        value={field.name}
        options={fields.map((item) => ({ value: item.name, label: item.label }))}
        onChange={(name) => {
          const next = fields.find((item) => item.name === name);
          if (next) onChange(newTerm(next));
        }}
        popupMatchSelectWidth={false}
        style={{ width: 130 }}
      />
      <Comparison field={field} term={term} onChange={onChange} />
    </div>
  );
}
