import { EnvironmentOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { SlotProps } from '../../../web/slots.ts';

const NEAR_METRES = 1000;

/** Where a follow-up was written, beneath it on the timeline. */
export function PlaceLine({ record }: SlotProps) {
  const { t } = useTranslation();
  const place = record.place as string | null | undefined;
  const distance = record.distance as number | null | undefined;
  if (!place && typeof distance !== 'number') return null;
  return (
    <p className="quiet">
      <EnvironmentOutlined /> {place}{' '}
      {typeof distance === 'number' && (
        <span className={`tag ${distance > NEAR_METRES ? 'teng' : 'song'}`}>
          {t('follow.distance', { metres: distance })}
        </span>
      )}
    </p>
  );
}
