import { useTranslation } from 'react-i18next';
import { useMeta } from '../../../web/api/meta.tsx';
import { groupDigits, moneyText } from '../../../web/fields/format.ts';
import { ChildList } from '../../../web/file/ChildList.tsx';
import type { SlotProps } from '../../../web/slots.ts';
import { usePrices } from './api.ts';
import { useUnitName } from './units.ts';
import './products.css';

/** What a bundle costs today and how that is shared among its parts; beneath, the parts to add to. */
export function BundleTab({ record }: SlotProps) {
  const { t } = useTranslation();
  const parts = useMeta().entity('bundlePart');
  const unitName = useUnitName();
  const { data } = usePrices({ lines: [{ product: record.id, quantity: '1' }] });
  const line = data?.lines[0];
  return (
    <>
      {line && (
        <section className="bundle-cost" aria-label={t('prices.title')}>
          <p>
            <b>{line.price === null ? '—' : moneyText({ amount: line.price, currency: data.currency })}</b>
            {line.listPrice !== null && line.listPrice !== line.price && (
              <span className="quiet">{t('prices.listIs', { price: groupDigits(line.listPrice) })}</span>
            )}
            {line.problems.map(({ code, params }) => (
              <span key={code} className="quiet">
                {t(`prices.problem.${code}`, { part: '', ...params })}
              </span>
            ))}
          </p>
          {line.parts.length > 0 && (
            <ul>
              {line.parts.map((part) => (
                <li key={part.product}>
                  {part.name ?? t('record.outOfSight')}
                  <span className="quiet">{`${part.quantity} ${unitName(part.unit)}`}</span>
                  <span className="num">{part.amount === null ? '—' : groupDigits(part.amount)}</span>
                </li>
              ))}
            </ul>
          )}
        </section>
      )}
      {parts && <ChildList parent={record} entity={parts} field="bundle" />}
    </>
  );
}
