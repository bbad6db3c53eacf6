import { useTranslation } from 'react-i18next';
import { Exact } from '../../../platform/money/money.shared.ts';
import { say } from '../../../web/i18n/index.ts';
import { isDecimal } from '../../../web/lines/rows.ts';
import type { CellProps } from '../../../web/lines/rules.ts';

/** VAT as it is now, and what small taxpayers add; a line keeps any other it has. */
const USUAL = ['0.13', '0.09', '0.06', '0.03', '0.01', '0'];

export const taxText = (share: unknown): string =>
  isDecimal(share) ? `${new Exact(share).times(100).toFixed()}%` : say('documents.exempt');

export function TaxCell({ value, onChange, id, label, invalid }: CellProps) {
  const { t } = useTranslation();
  const share = isDecimal(value) ? new Exact(value).toFixed() : '';
  const known = share === '' || USUAL.includes(share) ? USUAL : [share, ...USUAL];
  return (
    <select
      id={id}
      className="line-input"
      aria-label={label}
      aria-invalid={invalid}
      value={share}
      onChange={({ target }) => onChange(target.value === '' ? null : target.value)}
    >
      {known.map((each) => (
        <option key={each} value={each}>
          {taxText(each)}
        </option>
      ))}
      <option value="">{t('documents.exempt')}</option>
    </select>
  );
}
