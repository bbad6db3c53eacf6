import { useTranslation } from 'react-i18next';
import { toast } from '../../../web/shell/toasts.tsx';

/** Words to be sent by hand, and the button that copies them. */
export function CopyText({ text }: { text: string }) {
  const { t } = useTranslation();
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => toast(t('sequences.copied'), { kind: 'good' }),
      () => toast(t('sequences.notCopied'), { kind: 'bad' }),
    );
  return (
    <p className="sequence-text">
      {text}{' '}
      <button type="button" className="link" onClick={() => void copy()}>
        {t('sequences.copy')}
      </button>
    </p>
  );
}
