import { useQuery } from '@tanstack/react-query';
import { Button, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Approver } from '../../../platform/approvals/flow.shared.ts';
import { ReferencePicker } from '../../fields/ReferencePicker.tsx';
import { linksQuery } from '../../list/useNames.ts';
import { newApprover } from './model.ts';

const KINDS: readonly Approver['kind'][] = ['users', 'role', 'manager', 'chain', 'chosen'];

interface Props {
  approvers: Approver[];
  /** Of people who are only told: there is nothing to choose or to ask in turn. */
  copy: boolean;
  onChange: (approvers: Approver[]) => void;
}

/** Who is asked: any mixture of named people, roles, managers and those the starter names. */
export function ApproverList({ approvers, copy, onChange }: Props) {
  const { t } = useTranslation();
  const put = (at: number, next: Approver) => onChange(approvers.toSpliced(at, 1, next));
  const kinds = KINDS.filter((kind) => !copy || kind !== 'chosen');
  return (
    <div className="field">
      <span className="field-label">{t(copy ? 'flows.recipients' : 'flows.approvers')}</span>
      {approvers.map((approver, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an approver is his place; what he is changes while edited
        <div className="flow-approver" key={at}>
          <Select
            aria-label={t('flows.approverKind')}
            value={approver.kind}
            options={kinds.map((value) => ({ value, label: t(`flows.approver.${value}`) }))}
            onChange={(kind) => put(at, newApprover(kind))}
            popupMatchSelectWidth={false}
          />
          <One approver={approver} onChange={(next) => put(at, next)} />
          {approvers.length > 1 && (
            <button
              type="button"
              className="icon-button"
              aria-label={t('flows.removeApprover')}
              onClick={() => onChange(approvers.toSpliced(at, 1))}
            >
              ×
            </button>
          )}
        </div>
      ))}
      <Button size="small" onClick={() => onChange([...approvers, newApprover('users')])}>
        {t('flows.addApprover')}
      </Button>
    </div>
  );
}

function One({ approver, onChange }: { approver: Approver; onChange: (approver: Approver) => void }) {
  const { t } = useTranslation();
  switch (approver.kind) {
    case 'users':
      return (
        <People
          many
          label={t('flows.approver.users')}
          ids={approver.users}
          onChange={(users) => onChange({ ...approver, users })}
        />
      );
    case 'role':
      return (
        <People
          to="role"
          label={t('flows.approver.role')}
          ids={approver.role ? [approver.role] : []}
          onChange={([role = '']) => onChange({ ...approver, role })}
        />
      );
    case 'manager':
      return (
        <>
          <Select
            aria-label={t('flows.managerOf')}
            value={approver.of}
            options={(['starter', 'department'] as const).map((value) => ({
              value,
              label: t(`flows.managerOf.${value}`),
            }))}
            onChange={(of) => onChange({ ...approver, of })}
          />
          <Level value={approver.level} onChange={(level) => onChange({ ...approver, level })} />
        </>
      );
    case 'chain':
      return <Level value={approver.levels} onChange={(levels) => onChange({ ...approver, levels })} />;
    case 'chosen':
      return <span className="quiet">{t('flows.chosenText')}</span>;
  }
}

function Level({ value, onChange }: { value: number; onChange: (value: number) => void }) {
  const { t } = useTranslation();
  return (
    <InputNumber
      aria-label={t('flows.level')}
      suffix={t('flows.levels')}
      min={1}
      max={20}
      precision={0}
      value={value}
      onChange={(next) => onChange(next ?? 1)}
    />
  );
}

interface PeopleProps {
  label: string;
  ids: string[];
  many?: boolean;
  to?: 'user' | 'role';
  onChange: (ids: string[]) => void;
}

/** People or roles kept as ids, shown by their names. */
export function People({ label, ids, many = false, to = 'user', onChange }: PeopleProps) {
  const { data } = useQuery(linksQuery(`${to}s`, ids));
  const links = ids.map((id) => data?.find((link) => link.id === id) ?? { id, title: '…' });
  return (
    <ReferencePicker
      label={label}
      to={to}
      among="active"
      many={many}
      noCreate
      value={links}
      onChange={(next) => onChange(next.map((link) => link.id))}
    />
  );
}
