import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { messageOf } from '../../../web/api/client.ts';
import { useMeta } from '../../../web/api/meta.tsx';
import { moneyText, shortInstant } from '../../../web/fields/format.ts';
import type { SlotProps } from '../../../web/slots.ts';
import type { GroupNode } from '../group/group.shared.ts';
import { useGroup } from './api.ts';
import './network.css';

/** The group a company belongs to: a tree whose every line sums up all below it. */
export function GroupTab({ record }: SlotProps) {
  const { t } = useTranslation();
  const { company } = useMeta();
  const { data, error } = useGroup(record.id);
  if (error) return <p className="form-error">{messageOf(error)}</p>;
  if (!data) return null;
  const depths = new Map<string, number>();
  for (const { id, parent } of data.nodes) depths.set(id, parent ? (depths.get(parent) ?? 0) + 1 : 0);
  const money = (amount: string | null) =>
    amount === null ? '—' : moneyText({ amount, currency: company.currency });
  const row = (node: GroupNode) => (
    <tr key={node.id} className={node.id === record.id ? 'here' : ''}>
      <td style={{ paddingInlineStart: 8 + (depths.get(node.id) ?? 0) * 20 }}>
        <Link
          to="/r/$plural/$id"
          params={{ plural: 'customers', id: node.id }}
          search={{ tab: 'companyTree.title' }}
        >
          {node.title}
        </Link>
      </td>
      <td className="num">{node.total.customers}</td>
      <td className="num">{node.total.contacts}</td>
      <td className="num">{node.total.openTasks}</td>
      <td>{node.total.lastContactAt ? shortInstant(node.total.lastContactAt) : '—'}</td>
      <td className="num">{money(node.total.annualRevenue)}</td>
    </tr>
  );
  return (
    <>
      {data.nodes.length === 1 && <p className="quiet">{t('companyTree.alone')}</p>}
      <div className="scroll-x">
        <table className="plain-table group-tree">
          <thead>
            <tr>
              {['company', 'customers', 'contacts', 'openTasks', 'lastContactAt', 'annualRevenue'].map(
                (name) => (
                  <th key={name} className={NUMBERS.has(name) ? 'num' : ''}>
                    {t(`companyTree.${name}`)}
                  </th>
                ),
              )}
            </tr>
          </thead>
          <tbody>{data.nodes.map(row)}</tbody>
        </table>
      </div>
      <p className="field-hint">{t(data.cut ? 'companyTree.cut' : 'companyTree.hint')}</p>
    </>
  );
}

const NUMBERS = new Set(['customers', 'contacts', 'openTasks', 'annualRevenue']);
