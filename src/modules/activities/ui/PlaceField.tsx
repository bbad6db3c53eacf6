import { EnvironmentOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { canLocate, locate } from '../../../web/fields/locate.ts';

/** Where the device is, as the server takes it. */
export interface Here {
  latitude: string;
  longitude: string;
  accuracy: number;
}

interface Props {
  place: string;
  here: Here | null;
  onChange: (part: { place?: string; here?: Here | null }) => void;
}

const degrees = (value: number) => value.toFixed(6);

/** The place in words, and where the device is if it tells; where it does not, why not is said. */
export function PlaceField({ place, here, onChange }: Props) {
  const { t } = useTranslation();
  const [state, setState] = useState<'idle' | 'looking' | 'insecure' | 'denied'>('idle');
  const find = async () => {
    if (!canLocate()) return setState('insecure');
    setState('looking');
    const found = await locate();
    setState(found ? 'idle' : 'denied');
    if (found)
      onChange({
        here: {
          latitude: degrees(found.latitude),
          longitude: degrees(found.longitude),
          accuracy: Math.round(found.accuracy),
        },
      });
  };
  return (
    <div className="wide">
      <span className="label">{t('follow.place')}</span>
      <div className="follow-place">
        <Input
          aria-label={t('follow.place')}
          value={place}
          maxLength={300}
          placeholder={t('follow.placeHint')}
          onChange={(event) => onChange({ place: event.target.value })}
        />
        <Button icon={<EnvironmentOutlined />} loading={state === 'looking'} onClick={() => void find()}>
          {t('follow.here')}
        </Button>
      </div>
      {here && (
        <span className="tag song">
          {t('follow.located', { metres: here.accuracy })}
          <button
            type="button"
            className="chip-close icon-button"
            aria-label={t('follow.noPlace')}
            onClick={() => onChange({ here: null })}
          >
            ×
          </button>
        </span>
      )}
      {(state === 'denied' || state === 'insecure') && (
        <p className="quiet" role="status">
          {t(`follow.${state}`)}
        </p>
      )}
    </div>
  );
}
