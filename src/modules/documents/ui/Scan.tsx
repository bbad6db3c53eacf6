import { CameraOutlined } from '@ant-design/icons';
import { lazy, Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, messageOf } from '../../../web/api/client.ts';
import type { IntakeProps } from '../../../web/lines/rules.ts';
import { oneMore, rowWith, type Scanned } from './scanned.ts';

const Camera = lazy(() => import('./Camera.tsx').then((m) => ({ default: m.Camera })));

/** A place for the scanner: a code and Enter is a line, or one more of it, one after the other as quick as they come. */
export function Scan({ part, rows, change, add }: IntakeProps) {
  const { t } = useTranslation();
  const waiting = useRef(Promise.resolve());
  const [said, setSaid] = useState<{ text: string; wrong: boolean } | null>(null);
  const [camera, setCamera] = useState(false);
  const known = (name: string) =>
    part.fields.some((field) => field.name === name && field.access === 'write');
  if (!known('product') || !known('quantity')) return null;
  const enter = async (code: string) => {
    const found = await get<Scanned>('/products/scanned', { code });
    const at = rowWith(rows(), found);
    const quantity = oneMore(rows()[at] ?? {});
    if (at < 0) add({ product: found.product, unit: found.unit, quantity }, 'scanned');
    else change(at, 'quantity', quantity);
    setSaid({ text: t('documents.scanned', { name: found.product.title, quantity }), wrong: false });
  };
  const scan = (code: string) => {
    waiting.current = waiting.current
      .then(() => enter(code))
      .catch((error: unknown) => setSaid({ text: messageOf(error), wrong: true }));
  };
  return (
    <span className="scan">
      <input
        className="line-input"
        aria-label={t('documents.scan')}
        placeholder={t('documents.scan')}
        maxLength={60}
        autoComplete="off"
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
          // Enter is the scanner's, not the form's.
          event.preventDefault();
          event.stopPropagation();
          const code = event.currentTarget.value.trim();
          event.currentTarget.value = '';
          if (code) scan(code);
        }}
      />
      {'BarcodeDetector' in window && (
        <button
          type="button"
          className="icon-button"
          aria-label={t('documents.camera')}
          title={t('documents.camera')}
          onClick={() => setCamera(true)}
        >
          <CameraOutlined aria-hidden />
        </button>
      )}
      <span role={said?.wrong ? 'alert' : 'status'} className={said?.wrong ? 'field-error' : 'quiet'}>
        {said?.text}
      </span>
      {camera && (
        <Suspense fallback={null}>
          <Camera said={said?.text ?? null} onCode={scan} onClose={() => setCamera(false)} />
        </Suspense>
      )}
    </span>
  );
}
