import { Link } from '@tanstack/react-router';
import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Target, useShortList } from '../../../web/api/records.ts';
import type { MetaEntity } from '../../../web/api/types.ts';
import { FormDialog } from '../../../web/shell/FormDialog.tsx';
import { enrol } from './api.ts';

interface Props {
  entity: MetaEntity;
  target: Target;
  count: number;
  done(): void;
  onClose(): void;
}

/** Asks which sequence the chosen are to begin. */
export function EnrolDialog({ entity, target, count, done, onClose }: Props) {
  const { t } = useTranslation();
  const [sequence, setSequence] = useState<string | null>(null);
  const kind = entity.name === 'contact' ? 'customer' : entity.name;
  const { data } = useShortList('sequences', {
    filter: {
      and: [
        { field: 'target', op: 'in', value: [kind] },
        { field: 'active', op: 'eq', value: true },
      ],
    },
    sort: 'name',
  });
  return (
    <FormDialog
      width={440}
      title={count === 1 ? t('sequences.beginTitle') : t('sequences.beginMany', { count })}
      ok={t('sequences.begin')}
      ready={sequence !== null}
      save={async () => {
        await enrol(entity.plural, target, sequence as string);
        done();
      }}
      onClose={onClose}
    >
      <label className="field" htmlFor="sequence-choice">
        <span className="field-label">{t('sequences.which')}</span>
        <Select
          id="sequence-choice"
          value={sequence}
          loading={!data}
          options={data?.items.map(({ id, title }) => ({ value: id, label: title })) ?? []}
          onChange={setSequence}
          notFoundContent={t('sequences.noneFor')}
        />
      </label>
      <p className="field-hint">
        {t('sequences.beginHint')} <Link to={'/sequences' as string}>{t('sequences.seeAll')}</Link>
      </p>
    </FormDialog>
  );
}
