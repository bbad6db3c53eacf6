import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { get, messageOf, put } from '../../../web/api/client.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import { queryClient } from '../../../web/api/query.ts';
import { PictureField } from '../../../web/form/PictureField.tsx';
import type { SlotProps } from '../../../web/slots.ts';

type Pictures = Readonly<Record<'seal' | 'logo', string | null>>;

/** Seal and logo of a legal entity, for the administrators who keep them. */
export function PicturesCard({ record }: SlotProps) {
  return useMeta().me.administrator ? <Pictures id={record.id} /> : null;
}

function Pictures({ id }: { id: string }) {
  const { t } = useTranslation();
  const path = `/legal-entities/${id}/pictures`;
  const { data, error } = useQuery({ queryKey: [path], queryFn: () => get<Pictures>(path) });
  const store = (use: keyof Pictures) => async (image: string | null) => {
    queryClient.setQueryData([path], await put<Pictures>(`${path}/${use}`, { image }));
    void queryClient.invalidateQueries({ queryKey: ['audit', id] });
  };
  return (
    <section className="card pad">
      <h2>{t('legal.pictures')}</h2>
      {error && <p className="form-error">{messageOf(error)}</p>}
      {(['seal', 'logo'] as const).map((use) => (
        <div key={use}>
          <h3>{t(`legal.${use}`)}</h3>
          <p className="quiet">{t(`legal.${use}Hint`)}</p>
          <PictureField
            label={t(`legal.${use}`)}
            image={data?.[use]}
            width={use === 'seal' ? 96 : 200}
            store={store(use)}
          />
        </div>
      ))}
    </section>
  );
}
