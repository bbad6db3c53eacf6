import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { toastError } from '../shell/toasts.tsx';

interface Props {
  /** What it is a picture of. */
  label: string;
  /** As a data URL. */
  image: string | null | undefined;
  width: number;
  store(image: string | null): Promise<unknown>;
}

/** A small picture that is kept as it is chosen, shown, and taken away again. */
export function PictureField({ label, image, width, store }: Props) {
  const { t } = useTranslation();
  const keep = (next: string | null) => void store(next).catch(toastError);
  const choose = (file: File | undefined) => {
    if (!file) return;
    const reader = new FileReader();
    reader.onload = () => keep(String(reader.result));
    reader.readAsDataURL(file);
  };
  return (
    <>
      {image && <img src={image} alt={label} style={{ maxWidth: width }} />}
      <input
        type="file"
        accept="image/png,image/jpeg"
        aria-label={t('picture.choose', { label })}
        onChange={({ target }) => {
          choose(target.files?.[0]);
          // The same file may be chosen again after it was changed.
          target.value = '';
        }}
      />
      {image && (
        <div>
          <Button onClick={() => keep(null)}>{t('picture.remove', { label })}</Button>
        </div>
      )}
    </>
  );
}
