import { Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Tier } from '../plan/definition.shared.ts';

interface Props {
  tiers: Tier[];
  locked: boolean;
  /** What stands behind a rate: per cent unless told. */
  unit?: string;
  onChange(tiers: Tier[]): void;
}

/** From so much on so many per cent. */
export function Tiers({ tiers, locked, unit = '%', onChange }: Props) {
  const { t } = useTranslation();
  const change = (at: number, part: Partial<Tier>) =>
    onChange(tiers.map((tier, each) => (each === at ? { ...tier, ...part } : tier)));
  return (
    <div className="field">
      <span className="field-label">{t('commission.tiers')}</span>
      <ul className="commission-tiers">
        {tiers.map((tier, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: tiers have no other name than their place
          <li key={at}>
            <Input
              aria-label={t('commission.tierFrom', { at: at + 1 })}
              inputMode="decimal"
              prefix={t('commission.from')}
              disabled={locked || at === 0}
              value={tier.from}
              onChange={({ target }) => change(at, { from: target.value.trim() })}
            />
            <Input
              aria-label={t('commission.tierRate', { at: at + 1 })}
              inputMode="decimal"
              suffix={unit}
              disabled={locked}
              value={tier.rate}
              onChange={({ target }) => change(at, { rate: target.value.trim() })}
            />
            {!locked && at > 0 && (
              <Button
                type="text"
                aria-label={t('commission.tierDrop', { at: at + 1 })}
                onClick={() => onChange(tiers.toSpliced(at, 1))}
              >
                ×
              </Button>
            )}
          </li>
        ))}
      </ul>
      {!locked && (
        <Button onClick={() => onChange([...tiers, { from: '', rate: tiers.at(-1)?.rate ?? '1' }])}>
          {t('commission.tierAdd')}
        </Button>
      )}
    </div>
  );
}
