import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Link } from '../../../web/api/types.ts';
import { ReferencePicker } from '../../../web/fields/ReferencePicker.tsx';
import { FormDialog } from '../../../web/shell/FormDialog.tsx';
import { toast } from '../../../web/shell/toasts.tsx';
import { repriced } from '../book/reprice.shared.ts';
import type { Sheet } from '../book/sheet.shared.ts';
import { tell } from './api.ts';
import { type Percent, PercentFields } from './PercentFields.tsx';

/** Changes all prices of a book by per cent; an example shows what comes of it. */
export function RepriceDialog({ sheet, onClose }: { sheet: Sheet; onClose: () => void }) {
  const { t } = useTranslation();
  const [by, setBy] = useState<Percent>({ percent: null, step: '0.01' });
  const [category, setCategory] = useState<Link | null>(null);
  const example = sheet.rows.find(({ price }) => price !== null);
  const { percent, step } = by;
  return (
    <FormDialog
      width={460}
      title={t('prices.reprice')}
      ok={t('prices.repriceOk')}
      ready={percent !== null}
      save={async () => {
        const { changed } = await tell<{ changed: number }>('price-books', sheet.id, 'reprice', {
          percent,
          step,
          ...(category ? { category: category.id } : {}),
        });
        onClose();
        toast(t('prices.repriced', { count: changed }));
      }}
      onClose={onClose}
    >
      <PercentFields value={by} onChange={setBy} autoFocus />
      <div className="field">
        <label className="field-label" htmlFor="price-category">
          {t('prices.onlyCategory')}
        </label>
        <ReferencePicker
          id="price-category"
          to="productCategory"
          noCreate
          value={category ? [category] : []}
          onChange={([chosen]) => setCategory(chosen ?? null)}
        />
      </div>
      {example?.price && percent !== null && (
        <p className="quiet" role="status">
          {t('prices.example', {
            name: example.product.title,
            before: example.price,
            after: repriced(example.price, percent, step, sheet.currency),
          })}
        </p>
      )}
    </FormDialog>
  );
}
