import { PlusOutlined } from '@ant-design/icons';
import { Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Branch, Flow, FlowFault, FlowNode } from '../../../platform/approvals/flow.shared.ts';
import type { SubjectInfo } from '../../../platform/approvals/sheet.shared.ts';
import { Approvers } from './Approvers.tsx';
import { conditionText } from './condition.ts';
import { addBranch, insertNode, type NewKind, newNode } from './model.ts';

interface Shared {
  flow: Flow;
  subject: SubjectInfo;
  faults: FlowFault[];
  chosen: string | null;
  onChoose: (id: string) => void;
  onChange: (flow: Flow) => void;
}

/** The flow as a way from top to bottom; branches stand side by side and meet again. Every part is a button. */
export function Canvas(props: Shared) {
  const { t } = useTranslation();
  return (
    <section className="flow-canvas" aria-label={t('flows.canvas')}>
      <div className="flow-column">
        <div className="flow-end">{t('approvals.begin')}</div>
        <Sequence {...props} nodes={props.flow.nodes} parent={null} />
        <div className="flow-end">{t('approvals.end')}</div>
      </div>
    </section>
  );
}

function Sequence({ nodes, parent, ...props }: Shared & { nodes: FlowNode[]; parent: string | null }) {
  return (
    <>
      <Add {...props} parent={parent} at={0} />
      {nodes.map((node, at) => (
        <div key={node.id} className="flow-part">
          {node.kind === 'branch' ? <Branches {...props} node={node} /> : <Card {...props} node={node} />}
          <Add {...props} parent={parent} at={at + 1} />
        </div>
      ))}
    </>
  );
}

const KINDS: readonly NewKind[] = ['approve', 'cc', 'branch', 'end'];

function Add({ flow, onChange, onChoose, parent, at }: Shared & { parent: string | null; at: number }) {
  const { t } = useTranslation();
  return (
    <div className="flow-link">
      <Dropdown
        trigger={['click']}
        menu={{
          items: KINDS.map((kind) => ({ key: kind, label: t(`flows.add.${kind}`) })),
          onClick: ({ key }) => {
            const node = newNode(key as NewKind, (name) => t(`flows.new.${name}`));
            onChange(insertNode(flow, parent, at, node));
            onChoose(node.kind === 'branch' ? (node.branches[0]?.id ?? node.id) : node.id);
          },
        }}
      >
        <button type="button" className="flow-add" aria-label={t('flows.addHere')}>
          <PlusOutlined />
        </button>
      </Dropdown>
    </div>
  );
}

const stateOf = ({ chosen, faults }: Shared, id: string) =>
  `${chosen === id ? ' on' : ''}${faults.some((fault) => fault.node === id) ? ' faulty' : ''}`;

function Card({ node, ...props }: Shared & { node: Exclude<FlowNode, { kind: 'branch' }> }) {
  const { t } = useTranslation();
  const fault = props.faults.find((each) => each.node === node.id);
  return (
    <button
      type="button"
      className={`flow-card ${node.kind}${stateOf(props, node.id)}`}
      aria-pressed={props.chosen === node.id}
      onClick={() => props.onChoose(node.id)}
    >
      <b>{node.kind === 'end' ? t(`flows.outcome.${node.outcome}`) : node.name || t('flows.unnamed')}</b>
      {node.kind !== 'end' && <Approvers node={node} />}
      {fault && <em>{t(`flows.fault.${fault.code}`)}</em>}
    </button>
  );
}

function Branches({ node, ...props }: Shared & { node: Extract<FlowNode, { kind: 'branch' }> }) {
  const { t } = useTranslation();
  return (
    <div className="flow-fork">
      <button
        type="button"
        className="flow-more"
        onClick={() => props.onChange(addBranch(props.flow, node.id, t('flows.new.condition')))}
      >
        {t('flows.addBranch')}
      </button>
      <div className="flow-branches">
        {node.branches.map((branch, at) => (
          <div key={branch.id} className="flow-branch">
            <Condition {...props} branch={branch} at={at} />
            <Sequence {...props} nodes={branch.nodes} parent={branch.id} />
          </div>
        ))}
      </div>
    </div>
  );
}

function Condition({ branch, at, ...props }: Shared & { branch: Branch; at: number }) {
  const { t } = useTranslation();
  const fault = props.faults.find((each) => each.node === branch.id);
  return (
    <button
      type="button"
      className={`flow-card condition${stateOf(props, branch.id)}`}
      aria-pressed={props.chosen === branch.id}
      onClick={() => props.onChoose(branch.id)}
    >
      <b>
        {branch.name || t('flows.new.condition')}
        <small> {branch.when ? t('flows.priority', { place: at + 1 }) : ''}</small>
      </b>
      <span>
        {branch.when
          ? conditionText(branch.when, props.subject) || t('flows.noCondition')
          : t('flows.otherwise')}
      </span>
      {fault && <em>{t(`flows.fault.${fault.code}`)}</em>}
    </button>
  );
}
