import { useTranslation } from 'react-i18next';
import { moneyText } from '../../../web/fields/format.ts';
import type { ValueCard } from '../profit/card.ts';

/** The method with its numbers: what was judged, by whose weights, and how much comes of it. */
export function How({ card }: { card: ValueCard }) {
  const { t } = useTranslation();
  const { judged, weights, referrals } = card;
  const money = (amount: string) => moneyText({ amount, currency: card.currency });
  if (card.demonstration === null && card.referral === null) return null;
  return (
    <details className="value-how">
      <summary>{t('worth.how')}</summary>
      <p>{t('worth.formula')}</p>
      {judged ? (
        <>
          <p>
            {t('worth.how.demonstration', {
              full: money(weights.demonstration),
              score: judged.score,
              influence: weights.influence,
              showcase: weights.showcase,
              sum: weights.influence + weights.showcase,
              i: judged.influence,
              s: judged.showcase.length,
            })}
          </p>
          <p>{t('worth.how.word', { full: money(weights.wordOfMouth), w: judged.wordOfMouth })}</p>
        </>
      ) : (
        card.demonstration !== null && <p>{t('worth.how.notJudged')}</p>
      )}
      {referrals !== null && (
        <p>{t('worth.how.referral', { count: referrals, per: money(weights.perReferral) })}</p>
      )}
      {judged && (
        <p className="quiet">{t('worth.how.judged', { day: judged.day, reason: judged.reason ?? '—' })}</p>
      )}
    </details>
  );
}
