import { Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldOf } from '../../../web/api/meta.tsx';
import type { MetaEntity, WireRecord } from '../../../web/api/types.ts';
import { FormDialog } from '../../../web/shell/FormDialog.tsx';
import { judge } from './api.ts';

/** A superior's word over the owner's, with why. */
export function JudgeDialog({
  entity,
  record,
  onClose,
}: {
  entity: MetaEntity;
  record: WireRecord;
  onClose(): void;
}) {
  const { t } = useTranslation();
  const [category, setCategory] = useState<string | null>((record.managerCategory as string | null) ?? null);
  const [reason, setReason] = useState(String(record.managerCategoryReason ?? ''));
  const options = fieldOf(entity, 'managerCategory')?.options ?? [];
  const save = async () => {
    await judge(record.id, { category, ...(category ? { reason: reason.trim() } : {}) });
    onClose();
  };
  return (
    <FormDialog
      width={440}
      title={t('forecast.judge', { name: record.title })}
      ready={category === null || reason.trim() !== ''}
      save={save}
      onClose={onClose}
    >
      <p className="quiet">{t('forecast.judgeText')}</p>
      <div className="field">
        <label className="field-label" htmlFor="judge-category">
          {t('forecast.category')}
        </label>
        <Select
          id="judge-category"
          allowClear
          style={{ width: '100%' }}
          value={category}
          placeholder={t('forecast.judgeNone')}
          onChange={(next) => setCategory(next ?? null)}
          options={options.map(({ value, label }) => ({ value, label }))}
        />
      </div>
      {category && (
        <div className="field">
          <label className="field-label" htmlFor="judge-reason">
            {t('forecast.reason')}
          </label>
          <Input
            id="judge-reason"
            maxLength={300}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </div>
      )}
    </FormDialog>
  );
}
