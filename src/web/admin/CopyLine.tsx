import { Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { toast } from '../shell/toasts.tsx';

/** A text to be copied whole, such as a link or a key. */
export function CopyLine({ text, label }: { text: string; label: string }) {
  const { t } = useTranslation();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      toast(t('copied'));
    } catch {
      // Without HTTPS there is no clipboard; the text is selected for Ctrl-C instead.
      document.querySelector<HTMLInputElement>('.copy-line input')?.select();
    }
  };
  return (
    <div className="copy-line">
      <Input readOnly aria-label={label} value={text} onFocus={(event) => event.target.select()} />
      <Button onClick={() => void copy()}>{t('copy')}</Button>
    </div>
  );
}
