import { Input, Modal, Radio } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Mode } from '../../platform/approvals/flow.shared.ts';
import type { ApprovalSheet } from '../../platform/approvals/sheet.shared.ts';
import type { Link } from '../api/types.ts';
import { ReferencePicker } from '../fields/ReferencePicker.tsx';
import { FormError } from '../shell/FormError.tsx';

interface Props {
  busy: boolean;
  message: string | null;
  onOk: (body: object) => void;
  onClose: () => void;
}

function Shell(
  props: Props & {
    title: string;
    ok: string;
    ready: boolean;
    danger?: boolean;
    body: object;
    children: ReactNode;
  },
) {
  const { t } = useTranslation();
  return (
    <Modal
      open
      width={460}
      title={props.title}
      okText={props.ok}
      cancelText={t('cancel')}
      confirmLoading={props.busy}
      okButtonProps={{ disabled: !props.ready, danger: !!props.danger }}
      onOk={() => props.onOk(props.body)}
      onCancel={props.onClose}
    >
      <FormError message={props.message} />
      {props.children}
    </Modal>
  );
}

/** Refusing: why, and to whom it goes back. */
export function RejectDialog({ sheet, comment, ...rest }: Props & { sheet: ApprovalSheet; comment: string }) {
  const { t } = useTranslation();
  const [to, setTo] = useState('starter');
  const [why, setWhy] = useState(comment);
  // Whom somebody asked besides bears the name of the step he was asked at.
  const addedBy = (id: string) => {
    const by = sheet.steps.find((step) => step.id === id)?.added?.by;
    return by && ` ${t('approvals.addedBy', { name: sheet.people[by] ?? '—' })}`;
  };
  return (
    <Shell
      {...rest}
      danger
      title={t('approvals.rejectTitle')}
      ok={t(to === 'end' ? 'approvals.rejectEnd' : 'approvals.sendBack')}
      ready={why.trim() !== ''}
      body={{ to, comment: why.trim() }}
    >
      <Radio.Group
        className="stacked"
        aria-label={t('approvals.rejectTo')}
        value={to}
        onChange={(event) => setTo(event.target.value)}
      >
        <Radio value="starter">{t('approvals.toStarter', { name: sheet.startedBy?.title ?? '' })}</Radio>
        {sheet.can.back.map((step) => (
          <Radio key={step.id} value={step.id}>
            {t('approvals.toStep', { name: step.name })}
            {addedBy(step.id)}
          </Radio>
        ))}
        <Radio value="end">{t('approvals.toEnd')}</Radio>
      </Radio.Group>
      <div className="field">
        <label className="field-label" htmlFor="reject-why">
          {t('approvals.why')}
        </label>
        <Input.TextArea
          id="reject-why"
          rows={3}
          maxLength={2000}
          value={why}
          onChange={(event) => setWhy(event.target.value)}
        />
      </div>
    </Shell>
  );
}

/** Giving one's place to another. */
export function HandDialog(props: Props) {
  const { t } = useTranslation();
  const [to, setTo] = useState<Link[]>([]);
  return (
    <Shell
      {...props}
      title={t('approvals.hand')}
      ok={t('approvals.hand')}
      ready={to.length > 0}
      body={{ to: to[0]?.id }}
    >
      <p className="quiet">{t('approvals.handText')}</p>
      <label className="field-label" htmlFor="hand-to">
        {t('approvals.handTo')}
      </label>
      <ReferencePicker id="hand-to" to="user" among="active" noCreate value={to} onChange={setTo} />
    </Shell>
  );
}

/** Asking further people, before oneself or after. */
export function AddDialog(props: Props) {
  const { t } = useTranslation();
  const [people, setPeople] = useState<Link[]>([]);
  const [where, setWhere] = useState<'before' | 'after'>('before');
  const [mode, setMode] = useState<Mode>('all');
  return (
    <Shell
      {...props}
      title={t('approvals.add')}
      ok={t('approvals.add')}
      ready={people.length > 0}
      body={{ where, mode, people: people.map((person) => person.id) }}
    >
      <Radio.Group
        className="stacked"
        aria-label={t('approvals.add')}
        value={where}
        onChange={(event) => setWhere(event.target.value)}
      >
        <Radio value="before">{t('approvals.addBefore')}</Radio>
        <Radio value="after">{t('approvals.addAfter')}</Radio>
      </Radio.Group>
      <div className="field">
        <label className="field-label" htmlFor="add-people">
          {t('approvals.addPeople')}
        </label>
        <ReferencePicker
          id="add-people"
          to="user"
          among="active"
          many
          noCreate
          value={people}
          onChange={setPeople}
        />
      </div>
      {people.length > 1 && (
        <Radio.Group value={mode} onChange={(event) => setMode(event.target.value)}>
          {(['all', 'any', 'turn'] as const).map((each) => (
            <Radio key={each} value={each}>
              {t(`approvals.mode.${each}`)}
            </Radio>
          ))}
        </Radio.Group>
      )}
    </Shell>
  );
}
