import { useTranslation } from 'react-i18next';
import type { ApprovalSheet } from '../../platform/approvals/sheet.shared.ts';
import { useMeta } from '../api/meta.tsx';
import { FieldEditor } from '../fields/FieldEditor.tsx';

interface Props {
  sheet: ApprovalSheet;
  values: Record<string, unknown>;
  onChange: (values: Record<string, unknown>) => void;
}

/** The fields of the record that this step may change. */
export function Edits({ sheet, values, onChange }: Props) {
  const { t } = useTranslation();
  const entity = useMeta().entity(sheet.record?.entity ?? '');
  const fields = entity?.fields.filter((field) => sheet.can.editable.includes(field.name)) ?? [];
  if (fields.length === 0) return null;
  return (
    <fieldset className="approval-edits">
      <legend>{t('approvals.mayEdit')}</legend>
      {fields.map((field) => (
        <div key={field.name} className="field">
          <span className="field-label">{field.label}</span>
          <FieldEditor
            field={{ ...field, access: 'write' }}
            label={field.label}
            value={values[field.name] ?? null}
            onChange={(value) => onChange({ ...values, [field.name]: value })}
          />
        </div>
      ))}
    </fieldset>
  );
}
