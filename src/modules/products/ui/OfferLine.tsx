import { useTranslation } from 'react-i18next';
import { moneyText } from '../../../web/fields/format.ts';
import type { Offer } from '../price/offer.shared.ts';
import { useUnitName } from './units.ts';

/** A product on offer: what it is, and what it costs or why nobody knows. */
export function OfferLine({ offer }: { offer: Offer }) {
  const { t } = useTranslation();
  const unitName = useUnitName();
  const { title, code, specification, unit, price, currency, problems } = offer;
  const [problem] = problems;
  return (
    <span className="offer">
      <span className="offer-what">
        {title}
        <small className="quiet">{[code, specification].filter(Boolean).join(' · ')}</small>
      </span>
      <span className="offer-price">
        {price === null ? (
          <span className="quiet">{problem ? t(`prices.problem.${problem.code}`, problem.params) : '—'}</span>
        ) : (
          `${moneyText({ amount: price, currency })} / ${unitName(unit)}`
        )}
      </span>
    </span>
  );
}
