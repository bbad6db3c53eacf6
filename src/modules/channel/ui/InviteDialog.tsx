import { Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { post } from '../../../web/api/client.ts';
import { FormDialog } from '../../../web/shell/FormDialog.tsx';
import type { Invited } from './PartnerPeople.tsx';
import { Row } from './Row.tsx';

interface Props {
  partner: string;
  onClose(): void;
  onDone(made: Invited): void;
}

/** Asks who of the partner is invited. */
export function InviteDialog({ partner, onClose, onDone }: Props) {
  const { t } = useTranslation();
  const [values, setValues] = useState({ name: '', email: '', phone: '' });
  const save = async () => {
    const given = Object.entries(values).flatMap(([name, value]) =>
      value.trim() ? [[name, value.trim()]] : [],
    );
    onDone(await post<Invited>(`/partners/${partner}/invitePartnerPerson`, Object.fromEntries(given)));
  };
  const ready = values.name.trim() !== '' && (values.email.trim() !== '' || values.phone.trim() !== '');
  return (
    <FormDialog
      title={t('channel.invite')}
      width={460}
      ok={t('channel.invite')}
      ready={ready}
      save={save}
      onClose={onClose}
    >
      <p className="quiet">{t('channel.inviteMeans')}</p>
      {(['name', 'email', 'phone'] as const).map((name) => (
        <Row key={name} label={t(`channel.ask.${name}`)}>
          <Input
            autoFocus={name === 'name'}
            aria-label={t(`channel.ask.${name}`)}
            value={values[name]}
            onChange={({ target }) => setValues({ ...values, [name]: target.value })}
          />
        </Row>
      ))}
    </FormDialog>
  );
}

/** The link an invited person chooses his password by; shown this once. */
export function LinkDialog({ invited, onClose }: { invited: Invited; onClose(): void }) {
  const { t } = useTranslation();
  return (
    <Modal
      open
      width={460}
      title={t('channel.invited')}
      onCancel={onClose}
      onOk={onClose}
      cancelButtonProps={{ hidden: true }}
      okText={t('close')}
    >
      <p>{t(invited.mailed ? 'channel.linkMailed' : 'channel.linkByHand')}</p>
      <Input.TextArea readOnly autoSize aria-label={t('channel.link')} value={invited.link} />
    </Modal>
  );
}
