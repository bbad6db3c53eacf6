import { useQuery } from '@tanstack/react-query';
import { Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { conditionFields, type Flow, type FlowFault } from '../../../platform/approvals/flow.shared.ts';
import type { SubjectInfo } from '../../../platform/approvals/sheet.shared.ts';
import { post, reasonsOf } from '../../api/client.ts';
import type { Link } from '../../api/types.ts';
import { FieldEditor } from '../../fields/FieldEditor.tsx';
import { ReferencePicker } from '../../fields/ReferencePicker.tsx';
import { variableEntity } from './condition.ts';

interface Tried {
  faults: (FlowFault & { message: string })[];
  route: {
    id: string;
    kind: string;
    name: string;
    outcome: string | null;
    chosen: boolean;
    empty: boolean;
    people: Link[];
  }[];
}

/** The way the flow takes for values one types; nothing is begun, nobody is told. */
export function Trial({ flow, subject, onClose }: { flow: Flow; subject: SubjectInfo; onClose: () => void }) {
  const { t } = useTranslation();
  const [values, setValues] = useState<Record<string, unknown>>({});
  const [starter, setStarter] = useState<Link[]>([]);
  const asked = conditionFields(flow);
  const fields = variableEntity(subject).fields.filter(
    (field) => asked.includes(field.name) && !field.name.startsWith('starter'),
  );
  const body = {
    subject: subject.name,
    definition: flow,
    values: plain(values),
    ...(starter[0] ? { starter: starter[0].id } : {}),
  };
  const { data, error } = useQuery({
    queryKey: ['flow-trial', body],
    queryFn: () => post<Tried>('/approval-flows/test', body),
    placeholderData: (old) => old,
  });
  return (
    <Modal open width={560} title={t('flows.try')} footer={null} onCancel={onClose}>
      <div className="field">
        <span className="field-label">{t('flows.tryAs')}</span>
        <ReferencePicker
          label={t('flows.tryAs')}
          to="user"
          among="active"
          noCreate
          value={starter}
          onChange={setStarter}
        />
      </div>
      {fields.map((field) => (
        <div className="field" key={field.name}>
          <span className="field-label">{field.label}</span>
          <FieldEditor
            field={field}
            label={field.label}
            noCreate
            value={values[field.name] ?? null}
            onChange={(value) => setValues({ ...values, [field.name]: value })}
          />
        </div>
      ))}
      {error && (
        <p className="form-error" role="alert">
          {reasonsOf(error)}
        </p>
      )}
      {data && (
        <ol className="approval-path" aria-label={t('approvals.path')}>
          <li className="done">
            <b>{t('approvals.begin')}</b>
          </li>
          {data.route.map((step) => (
            <li key={step.id} className="now">
              <b>{step.outcome ? t(`flows.outcome.${step.outcome}`) : step.name}</b>
              <span className="seat">
                {step.chosen
                  ? t('flows.approver.chosen')
                  : step.people.map((person) => person.title).join('、')}
                {step.empty && <small> {t('approvals.note.empty')}</small>}
              </span>
            </li>
          ))}
          <li>
            <b>{t('approvals.end')}</b>
          </li>
        </ol>
      )}
    </Modal>
  );
}

/** References as ids, as they are compared. */
const plain = (values: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map(idOf) : idOf(value),
    ]),
  );

const idOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'id' in value ? value.id : value;
