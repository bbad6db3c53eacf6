import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Catalogue } from '../../../web/admin/Catalogue.tsx';
import { CopyLine } from '../../../web/admin/CopyLine.tsx';
import { EditDialog } from '../../../web/admin/EditDialog.tsx';
import { post } from '../../../web/api/client.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import { refreshEntity } from '../../../web/api/records.ts';
import type { WireRecord } from '../../../web/api/types.ts';
import { openCreate } from '../../../web/form/create.ts';
import { StatusPage } from '../../../web/shell/StatusPage.tsx';
import { toastError } from '../../../web/shell/toasts.tsx';
import './leads.css';

/** Web forms and interfaces by which leads come in. */
export function ChannelsPage() {
  const { t } = useTranslation();
  const entity = useMeta().entity('leadChannel');
  const [made, setMade] = useState<WireRecord | null>(null);
  if (!entity) return <StatusPage title={t('page.missing')} />;
  const add = async () => {
    setMade(await openCreate(entity));
    refreshEntity(entity.plural);
  };
  const dialog = (record: WireRecord, close: () => void) => (
    <EditDialog entity={entity} record={record} onClose={close}>
      <HowTo record={record} />
    </EditDialog>
  );
  return (
    <>
      <Catalogue
        entity={entity}
        sort={undefined}
        none={{ title: t('leads.noChannels'), text: t('leads.noChannelsText') }}
        add={add}
        edit={dialog}
      />
      {made && dialog(made, () => setMade(null))}
    </>
  );
}

/** How a form is put on a web site, or what a program sends. */
function HowTo({ record }: { record: WireRecord }) {
  const { t } = useTranslation();
  const key = String(record.key ?? '');
  const { origin } = window.location;
  if (record.kind === 'api')
    return (
      <section className="lead-how">
        <h3>{t('leads.api')}</h3>
        <CopyLine label={t('leads.apiAddress')} text={`${origin}/api/v1/lead-intake/${key}`} />
        <Secret id={record.id} />
        <p className="quiet">{t('leads.apiHow')}</p>
      </section>
    );
  const address = `${origin}/f/${key}`;
  const title = String(record.heading ?? record.title).replace(/[&"<>]/g, '');
  return (
    <section className="lead-how">
      <h3>{t('leads.embed')}</h3>
      <CopyLine
        label={t('leads.embed')}
        text={`<iframe src="${address}" title="${title}" style="width:100%;border:0" height="640" loading="lazy"></iframe>`}
      />
      <p className="quiet">{t('leads.embedHow')}</p>
      <CopyLine label={t('leads.address')} text={address} />
      <a className="link" href={address} target="_blank" rel="noreferrer">
        {t('leads.look')}
      </a>
    </section>
  );
}

function Secret({ id }: { id: string }) {
  const { t } = useTranslation();
  const [secret, setSecret] = useState<string | null>(null);
  const ask = (renew: boolean) =>
    post<{ secret: string }>(`/lead-channels/${id}/secret`, { renew }).then(
      (answer) => setSecret(answer.secret),
      toastError,
    );
  return secret === null ? (
    <Button onClick={() => void ask(false)}>{t('leads.secret')}</Button>
  ) : (
    <>
      <CopyLine label={t('leads.secret')} text={secret} />
      <button type="button" className="link danger" onClick={() => void ask(true)}>
        {t('leads.renew')}
      </button>
    </>
  );
}
