import { Button, Input, InputNumber, Radio, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import type {
  ApproveNode,
  Branch,
  Condition,
  CopyNode,
  Flow,
  FlowFault,
  FlowNode,
  TimeLimit,
} from '../../../platform/approvals/flow.shared.ts';
import type { SubjectInfo } from '../../../platform/approvals/sheet.shared.ts';
import type { FilterTerm, MetaEntity } from '../../api/types.ts';
import { Comparison } from '../../list/Comparison.tsx';
import { newTerm } from '../../list/filterModel.ts';
import { ApproverList, People } from './ApproverList.tsx';
import { variableEntity } from './condition.ts';
import { moveNode, removeBranch, removeNode, replaceBranch, replaceNode } from './model.ts';

interface Props {
  part: FlowNode | Branch;
  flow: Flow;
  subject: SubjectInfo;
  faults: FlowFault[];
  onChange: (flow: Flow) => void;
  onClose: () => void;
}

/** The chosen node or branch: everything that can be said of it. */
export function Panel({ part, flow, subject, faults, onChange, onClose }: Props) {
  const { t } = useTranslation();
  const node = 'kind' in part ? part : null;
  const drop = () => {
    onChange(node ? removeNode(flow, part.id) : removeBranch(flow, part.id));
    onClose();
  };
  return (
    <div className="flow-form">
      <div className="head">
        <h2>{t(node ? `flows.add.${node.kind}` : 'flows.branch')}</h2>
        <span className="fill" />
        {node && (
          <>
            <Button
              size="small"
              aria-label={t('flows.up')}
              onClick={() => onChange(moveNode(flow, part.id, -1))}
            >
              ↑
            </Button>
            <Button
              size="small"
              aria-label={t('flows.down')}
              onClick={() => onChange(moveNode(flow, part.id, 1))}
            >
              ↓
            </Button>
          </>
        )}
        <Button size="small" danger onClick={drop}>
          {t('delete')}
        </Button>
      </div>
      {faults.map((fault) => (
        <p key={fault.code} className="field-error" role="alert">
          {t(`flows.fault.${fault.code}`)}
        </p>
      ))}
      {node?.kind === 'approve' && (
        <ApproveForm node={node} subject={subject} onChange={(next) => onChange(replaceNode(flow, next))} />
      )}
      {node?.kind === 'cc' && <StepForm node={node} onChange={(next) => onChange(replaceNode(flow, next))} />}
      {node?.kind === 'end' && (
        <Radio.Group
          className="stacked"
          value={node.outcome}
          onChange={(event) => onChange(replaceNode(flow, { ...node, outcome: event.target.value }))}
        >
          <Radio value="approved">{t('flows.outcome.approved')}</Radio>
          <Radio value="rejected">{t('flows.outcome.rejected')}</Radio>
        </Radio.Group>
      )}
      {!node && (
        <BranchForm
          branch={part as Branch}
          subject={subject}
          onChange={(next) => onChange(replaceBranch(flow, next))}
        />
      )}
    </div>
  );
}

function StepForm<N extends ApproveNode | CopyNode>({
  node,
  onChange,
}: {
  node: N;
  onChange: (node: N) => void;
}) {
  const { t } = useTranslation();
  return (
    <>
      <div className="field">
        <label className="field-label" htmlFor="node-name">
          {t('flows.nodeName')}
        </label>
        <Input
          id="node-name"
          maxLength={60}
          value={node.name}
          onChange={(event) => onChange({ ...node, name: event.target.value })}
        />
      </div>
      <ApproverList
        approvers={node.approvers}
        copy={node.kind === 'cc'}
        onChange={(approvers) => onChange({ ...node, approvers })}
      />
    </>
  );
}

function ApproveForm(props: {
  node: ApproveNode;
  subject: SubjectInfo;
  onChange: (node: ApproveNode) => void;
}) {
  const { t } = useTranslation();
  const { node, subject, onChange } = props;
  const chain = node.approvers.some((approver) => approver.kind === 'chain');
  return (
    <>
      <StepForm node={node} onChange={onChange} />
      <div className="field">
        <span className="field-label">{t('flows.mode')}</span>
        <Radio.Group
          className="stacked"
          value={chain ? 'turn' : node.mode}
          disabled={chain}
          onChange={(event) => onChange({ ...node, mode: event.target.value })}
        >
          {(['all', 'any', 'turn'] as const).map((mode) => (
            <Radio key={mode} value={mode}>
              {t(`approvals.mode.${mode}`)} <small className="quiet">{t(`flows.modeText.${mode}`)}</small>
            </Radio>
          ))}
        </Radio.Group>
      </div>
      {subject.editable.length > 0 && (
        <div className="field">
          <label className="field-label" htmlFor="node-editable">
            {t('flows.editable')}
          </label>
          <Select
            id="node-editable"
            mode="multiple"
            optionFilterProp="label"
            value={node.editable ?? []}
            options={subject.editable.map((field) => ({ value: field.name, label: field.label }))}
            onChange={(editable) => onChange({ ...node, editable })}
            style={{ width: '100%' }}
          />
        </div>
      )}
      <LimitForm limit={node.limit} onChange={(limit) => onChange({ ...node, limit })} />
    </>
  );
}

function LimitForm({
  limit,
  onChange,
}: {
  limit: TimeLimit | undefined;
  onChange: (limit: TimeLimit | undefined) => void;
}) {
  const { t } = useTranslation();
  return (
    <div className="field">
      <label className="field-label" htmlFor="node-limit">
        <Switch
          id="node-limit"
          size="small"
          checked={!!limit}
          onChange={(on) => onChange(on ? { hours: 24, clock: 'business', effect: 'escalate' } : undefined)}
        />{' '}
        {t('flows.limit')}
      </label>
      {limit && (
        <div className="flow-limit">
          <InputNumber
            aria-label={t('flows.hours')}
            min={0.5}
            max={2000}
            value={limit.hours}
            onChange={(hours) => onChange({ ...limit, hours: hours ?? 24 })}
          />
          <Select
            aria-label={t('flows.clock')}
            value={limit.clock}
            options={(['business', 'clock'] as const).map((value) => ({
              value,
              label: t(`flows.clock.${value}`),
            }))}
            onChange={(clock) => onChange({ ...limit, clock })}
          />
          <Select
            aria-label={t('flows.effect')}
            value={limit.effect}
            options={(['escalate', 'handTo', 'approve', 'reject'] as const).map((value) => ({
              value,
              label: t(`flows.effect.${value}`),
            }))}
            onChange={(effect) => onChange({ ...limit, effect })}
          />
          {limit.effect === 'handTo' && (
            <People
              label={t('flows.limitTo')}
              ids={limit.to ? [limit.to] : []}
              onChange={([to]) => onChange({ ...limit, to })}
            />
          )}
        </div>
      )}
    </div>
  );
}

function BranchForm(props: { branch: Branch; subject: SubjectInfo; onChange: (branch: Branch) => void }) {
  const { t } = useTranslation();
  const { branch, subject, onChange } = props;
  const entity = variableEntity(subject);
  const { when } = branch;
  const joint = when && 'or' in when ? 'or' : 'and';
  const terms: Condition[] = when === null ? [] : 'or' in when ? when.or : 'and' in when ? when.and : [when];
  const put = (next: Condition[], by: 'and' | 'or' = joint) =>
    onChange({ ...branch, when: by === 'or' ? { or: next } : { and: next } });
  const first = entity.fields[0];
  return (
    <>
      <div className="field">
        <label className="field-label" htmlFor="branch-name">
          {t('flows.branchName')}
        </label>
        <Input
          id="branch-name"
          maxLength={60}
          value={branch.name}
          onChange={(event) => onChange({ ...branch, name: event.target.value })}
        />
      </div>
      <label className="field-label" htmlFor="branch-otherwise">
        <Switch
          id="branch-otherwise"
          size="small"
          checked={when === null}
          onChange={(on) => onChange({ ...branch, when: on ? null : { and: [] } })}
        />{' '}
        {t('flows.otherwise')}
      </label>
      {when !== null && (
        <>
          {terms.length > 1 && (
            <Radio.Group value={joint} onChange={(event) => put(terms, event.target.value)}>
              <Radio value="and">{t('filter.all')}</Radio>
              <Radio value="or">{t('filter.any')}</Radio>
            </Radio.Group>
          )}
          {terms.map((term, at) =>
            'field' in term ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: a condition is its place; its content changes while edited
              <div className="flow-term" key={at}>
                <Term
                  entity={entity}
                  term={term as FilterTerm}
                  onChange={(next) => put(terms.toSpliced(at, 1, next as Condition))}
                />
                <button
                  type="button"
                  className="icon-button"
                  aria-label={t('filter.removeOne')}
                  onClick={() => put(terms.toSpliced(at, 1))}
                >
                  ×
                </button>
              </div>
            ) : null,
          )}
          {first && (
            <Button size="small" onClick={() => put([...terms, newTerm(first) as Condition])}>
              {t('filter.add')}
            </Button>
          )}
        </>
      )}
    </>
  );
}

function Term(props: { entity: MetaEntity; term: FilterTerm; onChange: (term: FilterTerm) => void }) {
  const { t } = useTranslation();
  const { entity, term, onChange } = props;
  const field = entity.fields.find((each) => each.name === term.field);
  return (
    <>
      <Select
        aria-label={t('filter.field')}
        showSearch={{ optionFilterProp: 'label' }}
        value={term.field}
        options={entity.fields.map((each) => ({ value: each.name, label: each.label }))}
        onChange={(name) => {
          const next = entity.fields.find((each) => each.name === name);
          if (next) onChange(newTerm(next));
        }}
        popupMatchSelectWidth={false}
      />
      {field && <Comparison field={field} term={term} onChange={onChange} />}
    </>
  );
}
