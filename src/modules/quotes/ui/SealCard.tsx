import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { get, put } from '../../../web/api/client.ts';
import { queryClient } from '../../../web/api/query.ts';
import { toastError } from '../../../web/shell/toasts.tsx';

/** The picture of our seal: it stands on quotes that were let through, and on no others. */
export function SealCard() {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['quote-seal'],
    queryFn: () => get<{ image: string | null }>('/quote-seal'),
  });
  const store = async (image: string | null) => {
    try {
      await put('/quote-seal', { image });
      await queryClient.invalidateQueries({ queryKey: ['quote-seal'] });
    } catch (error) {
      toastError(error);
    }
  };
  const choose = (file: File | undefined) => {
    if (!file) return;
    const reader = new FileReader();
    reader.onload = () => void store(String(reader.result));
    reader.readAsDataURL(file);
  };
  return (
    <section className="card pad quote-rules">
      <h2>{t('quotes.seal')}</h2>
      <p className="quiet">{t('quotes.sealHint')}</p>
      {data?.image && <img src={data.image} alt={t('quotes.seal')} width={96} />}
      <input
        type="file"
        accept="image/png,image/jpeg"
        aria-label={t('quotes.sealChoose')}
        onChange={({ target }) => choose(target.files?.[0])}
      />
      {data?.image && (
        <div>
          <Button onClick={() => void store(null)}>{t('quotes.sealRemove')}</Button>
        </div>
      )}
    </section>
  );
}
