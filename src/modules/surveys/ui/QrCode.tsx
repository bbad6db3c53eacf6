import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** An address as a picture for the camera of a phone, to be saved and printed. */
export function QrCode({ text, name }: { text: string; name: string }) {
  const { t } = useTranslation();
  const [picture, setPicture] = useState<string | null>(null);
  useEffect(() => {
    let gone = false;
    void import('qrcode').then(async ({ toDataURL }) => {
      const made = await toDataURL(text, { margin: 1, width: 480 });
      if (!gone) setPicture(made);
    });
    return () => {
      gone = true;
    };
  }, [text]);
  return (
    <figure className="survey-qr">
      {picture ? <img src={picture} alt={t('surveys.qr')} width={160} height={160} /> : <span />}
      {picture && (
        <figcaption>
          <a className="link" href={picture} download={`${name}.png`}>
            {t('surveys.saveQr')}
          </a>
        </figcaption>
      )}
    </figure>
  );
}
