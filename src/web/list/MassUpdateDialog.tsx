import { Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Target } from '../api/records.ts';
import type { MetaEntity } from '../api/types.ts';
import { FieldEditor } from '../fields/FieldEditor.tsx';
import { runMass } from './mass.ts';
import { type MassRow, massDraft, massFields } from './massDraft.ts';

export interface MassDialogProps {
  entity: MetaEntity;
  target: Target;
  count: number;
  onClose: (done: boolean) => void;
}

/** Sets fields of many records to one value; an empty value empties them. */
export function MassUpdateDialog({ entity, target, count, onClose }: MassDialogProps) {
  const { t } = useTranslation();
  const fields = massFields(entity);
  // Nothing is chosen to begin with: who has chosen nothing must not empty something by one click.
  const [rows, setRows] = useState<MassRow[]>([{ name: null, value: null }]);
  const { set, emptied, ready, more } = massDraft(fields, rows);
  const [busy, setBusy] = useState(false);
  const put = (index: number, row: MassRow) => setRows(rows.map((held, at) => (at === index ? row : held)));
  const save = async () => {
    setBusy(true);
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
      okButtonProps={{ disabled: !ready, danger: emptied.length > 0 }}
      onOk={() => void save()}
      onCancel={() => onClose(false)}
    >
      {rows.map((row, index) => {
        const field = fields.find((item) => item.name === row.name);
        return (
          <div className="term" key={row.name ?? ''}>
            <Select
              aria-label={t('filter.field')}
              showSearch={{ optionFilterProp: 'label' }}
              placeholder={t('filter.field')}
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
      {emptied.length > 0 && (
        <p className="field-hint">
          {t(ready ? 'mass.emptyHint' : 'mass.required', {
            fields: emptied.map(({ label }) => label).join('、'),
          })}
        </p>
      )}
      {more && (
        <button
          type="button"
          className="link"
          onClick={() => setRows([...rows, { name: null, value: null }])}
        >
          {t('mass.addField')}
        </button>
      )}
    </Modal>
  );
}
