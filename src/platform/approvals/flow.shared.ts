/**
 * What an approval flow is: a sequence of nodes in which branches meet again, so that every flow that passes the check below
 * comes to an end. Shared by server and browser: the builder shows the same faults the server refuses.
 */

/** Who is asked. */
export type Approver =
  | { kind: 'users'; users: string[] }
  | { kind: 'role'; role: string }
  /** The manager so many levels up: of the person who began, or of his department. */
  | { kind: 'manager'; of: 'starter' | 'department'; level: number }
  /** 连续上级: one manager after the other, up to a level. */
  | { kind: 'chain'; levels: number }
  /** Named by the person who begins. */
  | { kind: 'chosen' };

/** 会签 all, 或签 any, 依次 one after the other. */
export type Mode = 'all' | 'any' | 'turn';

export interface TimeLimit {
  hours: number;
  clock: 'business' | 'clock';
  effect: 'approve' | 'reject' | 'handTo' | 'escalate';
  /** To whom it is handed. */
  to?: string | undefined;
}

/** A condition in the grammar of list filters. */
export type Condition = { and: Condition[] } | { or: Condition[] } | { not: Condition } | ConditionTerm;

export interface ConditionTerm {
  field: string;
  op: string;
  value?: unknown;
}

export interface ApproveNode {
  kind: 'approve';
  id: string;
  name: string;
  approvers: Approver[];
  mode: Mode;
  /** Fields of the record this node may change. */
  editable?: string[] | undefined;
  limit?: TimeLimit | undefined;
}

export interface CopyNode {
  kind: 'cc';
  id: string;
  name: string;
  approvers: Approver[];
}

export interface Branch {
  id: string;
  name: string;
  /** Null: what no other branch took. */
  when: Condition | null;
  nodes: FlowNode[];
}

export interface BranchNode {
  kind: 'branch';
  id: string;
  branches: Branch[];
}

export interface EndNode {
  kind: 'end';
  id: string;
  outcome: 'approved' | 'rejected';
}

export type FlowNode = ApproveNode | CopyNode | BranchNode | EndNode;

/** What happens where the person who begins would have to agree himself: one above him is asked, an administrator, or he. */
export const SELF_RULES = ['superior', 'administrator', 'allowed'] as const;
export type SelfRule = (typeof SELF_RULES)[number];

export interface Flow {
  nodes: FlowNode[];
  /** Left out: `superior`. */
  self?: SelfRule | undefined;
}

/** A value conditions may speak of. */
export interface Variable {
  name: string;
  label: string;
  kind: string;
  options?: { value: string; label: string }[];
  to?: string;
}

export interface FlowFault {
  /** The node or branch at fault; null is the flow as a whole. */
  node: string | null;
  code:
    | 'flow_empty'
    | 'flow_node_twice'
    | 'flow_name_missing'
    | 'flow_no_approver'
    | 'flow_unreachable'
    | 'flow_no_end'
    | 'flow_one_branch'
    | 'flow_no_condition'
    | 'flow_unknown_field'
    | 'flow_hand_to_nobody'
    | 'flow_field_not_editable';
}

/** What a flow may speak of; left out, names are not checked. */
export interface Vocabulary {
  variables: readonly string[];
  editable: readonly string[];
}

/** Everything that keeps a flow from being used; empty when it is sound. */
export function faultsOf({ nodes }: Flow, vocabulary?: Vocabulary): FlowFault[] {
  const faults: FlowFault[] = [];
  const ids = new Set<string>();
  const add = (node: string | null, code: FlowFault['code']) => faults.push({ node, code });
  const known = (id: string) => {
    if (ids.has(id)) add(id, 'flow_node_twice');
    ids.add(id);
  };
  if (!hasStep(nodes)) add(null, 'flow_empty');
  const sequence = (list: FlowNode[]) => {
    let ended = false;
    for (const node of list) {
      known(node.id);
      if (ended) add(node.id, 'flow_unreachable');
      if (node.kind === 'branch') branches(node);
      else if (node.kind !== 'end') step(node);
      ended ||= endsAlways(node);
    }
  };
  const branches = (node: BranchNode) => {
    if (node.branches.length < 2) add(node.id, 'flow_one_branch');
    const last = node.branches.length - 1;
    const otherwise = node.branches.findIndex((branch) => branch.when === null);
    // Values that no branch takes would have no way to go on.
    if (otherwise === -1) add(node.id, 'flow_no_end');
    node.branches.forEach((branch, at) => {
      known(branch.id);
      if (otherwise !== -1 && at > otherwise) add(branch.id, 'flow_unreachable');
      if (branch.when && isEmpty(branch.when)) add(branch.id, 'flow_no_condition');
      if (
        branch.when &&
        vocabulary &&
        fieldsIn(branch.when).some((name) => !vocabulary.variables.includes(name))
      )
        add(branch.id, 'flow_unknown_field');
      if (at <= last) sequence(branch.nodes);
    });
  };
  const step = (node: ApproveNode | CopyNode) => {
    if (!node.name.trim()) add(node.id, 'flow_name_missing');
    if (node.approvers.length === 0 || node.approvers.some(isNobody)) add(node.id, 'flow_no_approver');
    if (node.kind === 'cc') return;
    if (node.limit?.effect === 'handTo' && !node.limit.to) add(node.id, 'flow_hand_to_nobody');
    if (vocabulary && node.editable?.some((name) => !vocabulary.editable.includes(name)))
      add(node.id, 'flow_field_not_editable');
  };
  sequence(nodes);
  return faults;
}

const isNobody = (approver: Approver): boolean =>
  (approver.kind === 'users' && approver.users.length === 0) || (approver.kind === 'role' && !approver.role);

const endsAlways = (node: FlowNode): boolean =>
  node.kind === 'end' ||
  (node.kind === 'branch' &&
    node.branches.length > 0 &&
    node.branches.every((branch) => branch.nodes.some(endsAlways)));

const hasStep = (nodes: FlowNode[]): boolean =>
  nodes.some((node) =>
    node.kind === 'branch'
      ? node.branches.some((branch) => hasStep(branch.nodes))
      : node.kind === 'approve' || node.kind === 'end',
  );

const isEmpty = (condition: Condition): boolean => {
  if ('and' in condition) return condition.and.length === 0 || condition.and.some(isEmpty);
  if ('or' in condition) return condition.or.length === 0 || condition.or.some(isEmpty);
  if ('not' in condition) return isEmpty(condition.not);
  return !condition.field;
};

/** The values a condition speaks of. */
export function fieldsIn(condition: Condition): string[] {
  if ('and' in condition) return condition.and.flatMap(fieldsIn);
  if ('or' in condition) return condition.or.flatMap(fieldsIn);
  if ('not' in condition) return fieldsIn(condition.not);
  return [condition.field];
}

/** All nodes of a flow, those in branches too. */
export function nodesOf(nodes: readonly FlowNode[]): FlowNode[] {
  return nodes.flatMap((node) =>
    node.kind === 'branch' ? [node, ...node.branches.flatMap((branch) => nodesOf(branch.nodes))] : [node],
  );
}

/** The values that the conditions of a flow speak of. */
export const conditionFields = (flow: Flow): string[] => [
  ...new Set(
    nodesOf(flow.nodes).flatMap((node) =>
      node.kind === 'branch' ? node.branches.flatMap(({ when }) => (when ? fieldsIn(when) : [])) : [],
    ),
  ),
];
