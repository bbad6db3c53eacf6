import { useTranslation } from 'react-i18next';
import { put } from '../../../web/api/client.ts';
import { ReferencePicker } from '../../../web/fields/ReferencePicker.tsx';
import { toast, toastError } from '../../../web/shell/toasts.tsx';
import type { FormSheet, SheetRow } from '../form/form.shared.ts';
import { PLURAL, refreshSheets } from './api.ts';

const mark = (form: FormSheet, customer: string, value: boolean | null) =>
  put(`/${PLURAL}/${form.id}/customers/${customer}`, { put: value }).then(refreshSheets, toastError);

/** Puts a customer into the form that its rules have not found. */
export function PutIn({ form }: { form: FormSheet }) {
  const { t } = useTranslation();
  return (
    <div className="sheet-put">
      <span className="quiet">{t('sheets.putIn')}</span>
      <ReferencePicker
        key={form.rows.length}
        label={t('sheets.putIn')}
        to="customer"
        noCreate
        value={[]}
        onChange={([chosen]) => chosen && void mark(form, chosen.id, true)}
      />
    </div>
  );
}

/** Leaves a customer out; one press takes that back. */
export function TakeOut({ form, row }: { form: FormSheet; row: SheetRow }) {
  const { t } = useTranslation();
  const { customer } = row;
  if (!customer) return null;
  const name = row.cells.customer ?? '';
  const out = async () => {
    await mark(form, customer, row.hand ? null : false);
    const back = () => void mark(form, customer, row.hand ? true : null);
    toast(t('sheets.tookOut', { name }), { action: { label: t('undo'), run: back } });
  };
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={`${t('sheets.takeOut')} ${name}`}
      onClick={() => void out()}
    >
      ×
    </button>
  );
}

/** Whom the rules found and somebody left out. */
export function LeftOut({ form }: { form: FormSheet }) {
  const { t } = useTranslation();
  return (
    <p className="sheet-left">
      <span className="quiet">{t('sheets.leftOut')}</span>
      {form.left.map(({ id, title }) => (
        <button
          key={id}
          type="button"
          className="link"
          disabled={!form.may.rows}
          onClick={() => void mark(form, id, null)}
        >
          {title} ↩
        </button>
      ))}
    </p>
  );
}
