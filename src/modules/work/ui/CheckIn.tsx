import { CameraOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Link as Reference, WireRecord } from '../../../web/api/types.ts';
import { canLocate, locate } from '../../../web/fields/locate.ts';
import { upload } from '../../../web/file/attached.ts';
import { toastError } from '../../../web/shell/toasts.tsx';
import { useStep } from './useStep.ts';

/** Checks in by the device's place; where it is not told, by a typed place with a photo, and says so. */
export function CheckIn({ visit }: { visit: WireRecord }) {
  const { t } = useTranslation();
  const { busy, step } = useStep('visits', visit.id);
  const [without, setWithout] = useState<'insecure' | 'denied' | null>(canLocate() ? null : 'insecure');
  const [looking, setLooking] = useState(false);
  const [place, setPlace] = useState('');
  const [photo, setPhoto] = useState<File | null>(null);
  const camera = useRef<HTMLInputElement>(null);
  const customer = (visit.customer as Reference).id;

  const byDevice = async () => {
    setLooking(true);
    const found = await locate();
    setLooking(false);
    if (!found) return setWithout('denied');
    const { latitude, longitude, accuracy } = found;
    await step('check-in', { latitude, longitude, accuracy }, 'visit.didCheckIn');
  };
  const byHand = async () => {
    if (!photo) return;
    try {
      const sent = await upload(photo, photo.name, { customer });
      await step('check-in', { place: place.trim(), photo: sent.id }, 'visit.didCheckIn');
    } catch (error) {
      toastError(error);
    }
  };
  return (
    <section className="card pad work-form">
      {without === null ? (
        <Button type="primary" size="large" block loading={looking || busy} onClick={() => void byDevice()}>
          {t('visit.checkIn')}
        </Button>
      ) : (
        <>
          <p className="banner pad-text" role="status">
            {t(`visit.${without}`)}{' '}
            {without === 'denied' && (
              <button type="button" className="link" onClick={() => void byDevice()}>
                {t('visit.again')}
              </button>
            )}
          </p>
          <label>
            <span>{t('visit.place')}</span>
            <Input
              aria-label={t('visit.place')}
              value={place}
              maxLength={300}
              onChange={(event) => setPlace(event.target.value)}
            />
          </label>
          <Button icon={<CameraOutlined />} onClick={() => camera.current?.click()}>
            {photo ? photo.name : t('visit.photo')}
          </Button>
          <input
            ref={camera}
            type="file"
            hidden
            accept="image/*"
            capture="environment"
            aria-label={t('visit.photo')}
            onChange={(event) => setPhoto(event.target.files?.[0] ?? null)}
          />
          <Button
            type="primary"
            size="large"
            block
            loading={busy}
            disabled={!photo || place.trim() === ''}
            onClick={() => void byHand()}
          >
            {t('visit.checkInByHand')}
          </Button>
        </>
      )}
    </section>
  );
}
