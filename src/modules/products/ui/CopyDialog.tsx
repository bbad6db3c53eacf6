import { useNavigate } from '@tanstack/react-router';
import { Checkbox, Input } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '../../../web/shell/FormDialog.tsx';
import type { Sheet } from '../book/sheet.shared.ts';
import { tell } from './api.ts';
import { type Percent, PercentFields } from './PercentFields.tsx';

const DateInput = lazy(() => import('../../../web/fields/DateInput.tsx'));

/** Makes the book of the next period out of this one. */
export function CopyDialog({ sheet, onClose }: { sheet: Sheet; onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [name, setName] = useState(t('prices.copyName', { name: sheet.name }));
  const [from, setFrom] = useState<string | null>(null);
  const [to, setTo] = useState<string | null>(null);
  const [end, setEnd] = useState(true);
  const [by, setBy] = useState<Percent>({ percent: null, step: '0.01' });
  const days = [
    { key: 'from', value: from, set: setFrom },
    { key: 'to', value: to, set: setTo },
  ] as const;
  return (
    <FormDialog
      width={460}
      title={t('prices.copy')}
      ok={t('prices.copyOk', { count: sheet.rows.length })}
      ready={name.trim() !== ''}
      save={async () => {
        const { id } = await tell<{ id: string }>('price-books', sheet.id, 'copyBook', {
          name: name.trim(),
          validFrom: from,
          validTo: to,
          step: by.step,
          endFormer: end && from !== null,
          ...(by.percent === null ? {} : { percent: by.percent }),
        });
        onClose();
        void navigate({ to: '/r/$plural/$id', params: { plural: 'price-books', id } });
      }}
      onClose={onClose}
    >
      <div className="field">
        <label className="field-label" htmlFor="price-name">
          {t('prices.name')}
        </label>
        <Input
          id="price-name"
          autoFocus
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </div>
      <div className="price-percent">
        {days.map(({ key, value, set }) => (
          <div key={key} className="field">
            <label className="field-label" htmlFor={`price-${key}`}>
              {t(`prices.${key}`)}
            </label>
            <Suspense fallback={<span className="input-wait" />}>
              <DateInput id={`price-${key}`} withTime={false} value={value} onChange={set} />
            </Suspense>
          </div>
        ))}
      </div>
      <PercentFields value={by} onChange={setBy} />
      {from !== null && (
        <Checkbox checked={end} onChange={(event) => setEnd(event.target.checked)}>
          {t('prices.endFormer', { name: sheet.name })}
        </Checkbox>
      )}
    </FormDialog>
  );
}
