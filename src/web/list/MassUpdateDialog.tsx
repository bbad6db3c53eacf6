import { Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formFields } from '../api/meta.tsx';
import { type Target, wireOf } from '../api/records.ts';
import type { MetaEntity } from '../api/types.ts';
import { FieldEditor } from '../fields/FieldEditor.tsx';
import { runMass } from './mass.ts';

export interface MassDialogProps {
  entity: MetaEntity;
  target: Target;
  count: number;
  onClose: (done: boolean) => void;
}

/** Sets fields of many records to one value; an empty value empties them. */
export function MassUpdateDialog({ entity, target, count, onClose }: MassDialogProps) {
  const { t } = useTranslation();
  const fields = formFields(entity, false).filter(
    (field) => field.name !== 'owner' && field.name !== entity.title,
  );
  const [rows, setRows] = useState<{ name: string; value: unknown }[]>([
    { name: fields[0]?.name ?? '', value: null },
  ]);
  const [busy, setBusy] = useState(false);
  const put = (index: number, row: { name: string; value: unknown }) =>
    setRows(rows.map((held, at) => (at === index ? row : held)));
  const save = async () => {
    setBusy(true);
    const set = wireOf(Object.fromEntries(rows.map((row) => [row.name, row.value])));
    const done = await runMass(entity, 'update', target, { set });
    setBusy(false);
    if (done) onClose(true);
  };
  return (
    <Modal
      open
      width={600}
      title={t('mass.updateTitle', { count, label: entity.manyLabel })}
      okText={t('mass.updateGo', { count })}
      cancelText={t('cancel')}
      confirmLoading={busy}
      onOk={() => void save()}
      onCancel={() => onClose(false)}
    >
      {rows.map((row, index) => {
        const field = fields.find((item) => item.name === row.name);
        return (
          <div className="term" key={row.name}>
            <Select
              aria-label={t('filter.field')}
              showSearch={{ optionFilterProp: 'label' }}
              value={row.name}
              options={fields
                .filter((item) => item.name === row.name || !rows.some((other) => other.name === item.name))
                .map((item) => ({ value: item.name, label: item.label }))}
              onChange={(name) => put(index, { name, value: null })}
              style={{ width: 160 }}
            />
            <div className="term-value">
              {field && (
                <FieldEditor
                  field={field.kind === 'region' ? { ...field, kind: 'text' } : field}
                  label={t('filter.value')}
                  inline
                  value={row.value}
                  onChange={(value) => put(index, { ...row, value })}
                />
              )}
            </div>
          </div>
        );
      })}
      <p className="field-hint">{t('mass.emptyHint')}</p>
      {rows.length < fields.length && (
        <button
          type="button"
          className="link"
          onClick={() => {
            const next = fields.find((field) => !rows.some((row) => row.name === field.name));
            if (next) setRows([...rows, { name: next.name, value: null }]);
          }}
        >
          {t('mass.addField')}
        </button>
      )}
    </Modal>
  );
}
