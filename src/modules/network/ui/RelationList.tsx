import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { fieldOf, useMeta } from '../../../web/api/meta.tsx';
import type { Link as Reference, WireRecord } from '../../../web/api/types.ts';
import { FieldValue } from '../../../web/fields/FieldValue.tsx';
import { valueText } from '../../../web/fields/format.ts';
import type { RelationGraph } from '../graph/graph.shared.ts';
import { removeWithUndo } from './api.ts';

const SHOWN = ['jobTitle', 'decisionRole', 'level', 'influence', 'attitude', 'reportsTo'];

/** The same people and relations as drawn, as a table: for keyboards, screen readers and phones. */
export function RelationList({ graph }: { graph: RelationGraph }) {
  const { t } = useTranslation();
  const contact = useMeta().entity('contact');
  if (!contact) return null;
  const fields = SHOWN.flatMap((name) => fieldOf(contact, name) ?? []);
  return (
    <div className="scroll-x">
      <table className="plain-table">
        <thead>
          <tr>
            <th>{t('network.person')}</th>
            {fields.map((field) => (
              <th key={field.name}>{field.label}</th>
            ))}
            <th>{t('network.ties')}</th>
            <th>{t('network.knownBy')}</th>
          </tr>
        </thead>
        <tbody>
          {graph.people.map((person) => (
            <tr key={person.id} className={person.left ? 'gone' : ''}>
              <td>
                <Link to="/r/$plural/$id" params={{ plural: contact.plural, id: person.id }}>
                  {person.title}
                </Link>
              </td>
              {fields.map((field) => (
                <td key={field.name}>
                  <FieldValue field={field} value={person[field.name]} compact />
                </td>
              ))}
              <td>
                <Ties person={person} graph={graph} />
              </td>
              <td>
                <KnownBy person={person} graph={graph} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface Props {
  person: WireRecord;
  graph: RelationGraph;
}

function Ties({ person, graph }: Props) {
  const { t } = useTranslation();
  const tie = useMeta().entity('tie');
  const kind = tie && fieldOf(tie, 'kind');
  if (!tie || !kind) return null;
  return (
    <ul className="ties">
      {graph.ties
        .flatMap((item) => {
          const [from, to] = [item.from as Reference, item.to as Reference];
          return from.id === person.id
            ? [{ item, end: to }]
            : to.id === person.id
              ? [{ item, end: from }]
              : [];
        })
        .map(({ item, end }) => (
          <li key={item.id}>
            {valueText(kind, item.kind)} · {end.title ?? t('record.outOfSight')}
            <Remove entity="tie" item={item} />
          </li>
        ))}
    </ul>
  );
}

function KnownBy({ person, graph }: Props) {
  const { t } = useTranslation();
  return (
    <ul className="ties">
      {graph.acquaintances
        .filter((item) => (item.contact as Reference).id === person.id)
        .map((item) => (
          <li key={item.id}>
            {(item.user as Reference).title ?? t('record.outOfSight')}{' '}
            {item.strength ? `${item.strength}/5` : ''}
            <Remove entity="acquaintance" item={item} />
          </li>
        ))}
    </ul>
  );
}

function Remove({ entity: name, item }: { entity: string; item: WireRecord }) {
  const { t } = useTranslation();
  const entity = useMeta().entity(name);
  if (!entity || !item.can.delete) return null;
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={t('network.remove')}
      onClick={() => void removeWithUndo(entity, item, t('network.removed'))}
    >
      ×
    </button>
  );
}
