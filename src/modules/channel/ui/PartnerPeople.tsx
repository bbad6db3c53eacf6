import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { get, post } from '../../../web/api/client.ts';
import { queryClient } from '../../../web/api/query.ts';
import { toast } from '../../../web/shell/toasts.tsx';
import { useSaving } from '../../../web/shell/useSaving.ts';
import type { SlotProps } from '../../../web/slots.ts';
import { InviteDialog, LinkDialog } from './InviteDialog.tsx';
import './channel.css';

interface PartnerPerson {
  id: string;
  name: string;
  login: string | null;
  status: 'active' | 'invited' | 'waiting' | 'deactivated';
}

export interface Invited {
  link: string;
  mailed: boolean;
}

/** Who of the partner can sign in: invited, invited again, blocked from here. */
export function PartnerPeople({ record }: SlotProps) {
  const { t } = useTranslation();
  const { busy, run } = useSaving();
  const [inviting, setInviting] = useState(false);
  const [invited, setInvited] = useState<Invited | null>(null);
  const queryKey = ['partner-people', record.id];
  const { data, error } = useQuery({
    queryKey,
    queryFn: () => get<{ items: PartnerPerson[] }>(`/partners/${record.id}/people`),
  });
  const renew = () => queryClient.invalidateQueries({ queryKey });
  const may = record.can.update;
  const open = may && record.status === 'active';
  const again = (user: string) =>
    run(async () => setInvited(await post<Invited>(`/partners/${record.id}/remindPartnerPerson`, { user })));
  const block = (person: PartnerPerson) =>
    run(async () => {
      await post(`/partners/${record.id}/blockPartnerPerson`, { user: person.id });
      await renew();
      toast(t('channel.blocked', { name: person.name }), { kind: 'good' });
    });
  return (
    <section className="card">
      <header>
        <h2>{t('channel.people')}</h2>
        {open && (
          <button type="button" className="link" onClick={() => setInviting(true)}>
            {t('channel.invite')}
          </button>
        )}
      </header>
      <div className="card-body">
        {error && <p className="quiet">{t('channel.peopleFailed')}</p>}
        {data?.items.length === 0 && <p className="quiet">{t('channel.nobody')}</p>}
        <ul className="channel-people">
          {data?.items.map((person) => (
            <li key={person.id}>
              <span>
                <b>{person.name}</b>
                <small className="quiet">
                  {person.login} · {t(`channel.person.${person.status}`)}
                </small>
              </span>
              {open && person.status === 'invited' && (
                <button type="button" className="link" disabled={busy} onClick={() => void again(person.id)}>
                  {t('channel.again')}
                </button>
              )}
              {may && person.status !== 'deactivated' && (
                <button type="button" className="link" disabled={busy} onClick={() => void block(person)}>
                  {t('channel.block')}
                </button>
              )}
            </li>
          ))}
        </ul>
      </div>
      {inviting && (
        <InviteDialog
          partner={record.id}
          onClose={() => setInviting(false)}
          onDone={(made) => {
            setInviting(false);
            setInvited(made);
            void renew();
          }}
        />
      )}
      {invited && <LinkDialog invited={invited} onClose={() => setInvited(null)} />}
    </section>
  );
}
