import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { get, put } from '../../../web/api/client.ts';
import { queryClient } from '../../../web/api/query.ts';
import { PictureField } from '../../../web/form/PictureField.tsx';

/** The picture of our seal: it stands on quotes that were let through, and on no others. */
export function SealCard() {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['quote-seal'],
    queryFn: () => get<{ image: string | null }>('/quote-seal'),
  });
  const store = async (image: string | null) => {
    await put('/quote-seal', { image });
    await queryClient.invalidateQueries({ queryKey: ['quote-seal'] });
  };
  return (
    <section className="card pad quote-rules">
      <h2>{t('quotes.seal')}</h2>
      <p className="quiet">{t('quotes.sealHint')}</p>
      <PictureField label={t('quotes.seal')} image={data?.image} width={96} store={store} />
    </section>
  );
}
