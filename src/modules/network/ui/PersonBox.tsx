import { Handle, type NodeProps, Position } from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import { fieldOf, useMeta } from '../../../web/api/meta.tsx';
import { valueText } from '../../../web/fields/format.ts';
import type { PersonNode } from './elements.ts';

/** One person: whose side, what he decides, how he stands to us, how much he counts. */
export function PersonBox({ data }: NodeProps<PersonNode>) {
  const { t } = useTranslation();
  const contact = useMeta().entity('contact');
  const { record, side } = data;
  const word = (name: string) => {
    const field = contact && fieldOf(contact, name);
    return record && field && record[name] ? valueText(field, record[name]) : null;
  };
  const influence = Number(record?.influence ?? 0);
  return (
    <div className={`person-box ${side} ${(record?.attitude as string) ?? ''} ${record?.left ? 'gone' : ''}`}>
      <Handle type="target" position={Position.Top} />
      <b>{data.title}</b>
      <small>
        {side === 'ours' ? t('network.ours') : [record?.jobTitle, word('level')].filter(Boolean).join(' · ')}
      </small>
      <small>
        {word('decisionRole') && <span className="tag dai">{word('decisionRole')}</span>}
        {influence > 0 && (
          <span className="influence" role="img" aria-label={t('network.influence', { count: influence })}>
            {'●'.repeat(influence)}
            {'○'.repeat(5 - influence)}
          </span>
        )}
      </small>
      <Handle type="source" position={Position.Bottom} />
    </div>
  );
}
