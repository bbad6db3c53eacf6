import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ApproveNode, Approver, CopyNode } from '../../../platform/approvals/flow.shared.ts';
import { linksQuery } from '../../list/useNames.ts';

/** Who is asked, in one line. */
export function Approvers({ node }: { node: ApproveNode | CopyNode }) {
  const { t } = useTranslation();
  const users = node.approvers.flatMap((approver) => (approver.kind === 'users' ? approver.users : []));
  const roles = node.approvers.flatMap((approver) =>
    approver.kind === 'role' && approver.role ? [approver.role] : [],
  );
  const { data: people = [] } = useQuery(linksQuery('users', users));
  const { data: groups = [] } = useQuery(linksQuery('roles', roles));
  const title = (links: { id: string; title: string | null }[], id: string) =>
    links.find((link) => link.id === id)?.title ?? '…';
  const words = (approver: Approver): string => {
    switch (approver.kind) {
      case 'users':
        return approver.users.map((id) => title(people, id)).join('、');
      case 'role':
        return approver.role ? title(groups, approver.role) : '';
      case 'manager':
        return t(`flows.manager.${approver.of}`, { level: approver.level });
      case 'chain':
        return t('flows.chainText', { levels: approver.levels });
      case 'chosen':
        return t('flows.approver.chosen');
    }
  };
  const all = node.approvers.map(words).filter(Boolean).join('、');
  const mode = node.kind === 'approve' && all ? ` · ${t(`approvals.mode.${node.mode}`)}` : '';
  return <span>{all ? `${all}${mode}` : t('flows.noApprover')}</span>;
}
