import { Link } from '@tanstack/react-router';
import { useMeta } from '../api/meta.tsx';
import type { MetaField, Link as Reference } from '../api/types.ts';
import { say } from '../i18n/index.ts';
import { instantText, isEmpty, phoneText, shortInstant, valueText } from './format.ts';

/**
 * How a field's value is shown: in a table cell (`compact`) or on a file page. Without hooks of its own: a table draws hundreds
 * in a frame.
 */
export function FieldValue({
  field,
  value,
  compact,
}: {
  field: MetaField;
  value: unknown;
  compact?: boolean;
}) {
  if (isEmpty(value)) return <span className="empty-value">{compact ? '' : '—'}</span>;
  switch (field.kind) {
    case 'choice': {
      const option = field.options?.find((item) => item.value === value);
      return option?.color ? (
        <span className={`tag ${option.color}`}>{option.label}</span>
      ) : (
        valueText(field, value)
      );
    }
    case 'multiChoice': {
      const label = (item: string) => field.options?.find((option) => option.value === item)?.label ?? item;
      return <Names names={(value as string[]).map(label)} compact={compact} />;
    }
    case 'reference':
      return <ReferenceLink to={field.to} link={value as Reference} />;
    case 'references':
      return (
        <Names
          names={(value as Reference[]).map((item) => item.title ?? say('record.outOfSight'))}
          compact={compact}
        />
      );
    case 'instant':
      return (
        <time dateTime={String(value)} title={instantText(String(value))}>
          {compact ? shortInstant(String(value)) : instantText(String(value))}
        </time>
      );
    case 'email':
      return compact || field.access === 'masked' ? (
        String(value)
      ) : (
        <a href={`mailto:${String(value)}`}>{String(value)}</a>
      );
    case 'url':
      return <WebLink text={String(value)} />;
    case 'phone':
      return <Phone text={phoneText(value)} plain={compact || field.access === 'masked'} />;
    case 'phones': {
      const phones = Array.isArray(value) ? value.map(phoneText) : [String(value)];
      if (compact) return phones.length > 1 ? `${phones[0]} +${phones.length - 1}` : phones[0];
      return (
        <span className="stacked">
          {phones.map((phone) => (
            <Phone key={phone} text={phone} plain={field.access === 'masked'} />
          ))}
        </span>
      );
    }
    case 'longText':
      return compact ? String(value) : <span className="long-text">{String(value)}</span>;
    default:
      return valueText(field, value);
  }
}

/** Several names as tags; in a table cell the first two and how many more. */
function Names({ names, compact }: { names: string[]; compact?: boolean | undefined }) {
  const shown = compact ? names.slice(0, 2) : names;
  return (
    <span className="tag-row">
      {shown.map((name) => (
        <span className="tag" key={name}>
          {name}
        </span>
      ))}
      {shown.length < names.length && <span className="quiet">+{names.length - shown.length}</span>}
    </span>
  );
}

function Phone({ text, plain }: { text: string; plain?: boolean | undefined }) {
  if (plain || text.includes('*')) return text;
  return <a href={`tel:${text.replace(/[^\d+]/g, '')}`}>{text}</a>;
}

/** Only web addresses become links: a stored `javascript:` stays text. */
function WebLink({ text }: { text: string }) {
  const address = /^https?:\/\//i.test(text)
    ? text
    : /^[\w-]+(\.[\w-]+)+/.test(text)
      ? `https://${text}`
      : null;
  if (!address) return text;
  return (
    <a href={address} target="_blank" rel="noreferrer noopener">
      {text}
    </a>
  );
}

function ReferenceLink({ to, link }: { to?: string | undefined; link: Reference }) {
  const target = useMeta().entity(to ?? '');
  if (link.title === null || link.title === undefined)
    return <span className="quiet">{say('record.outOfSight')}</span>;
  if (!target || target.name === 'user' || target.name === 'department') return link.title;
  return (
    <Link to="/r/$plural/$id" params={{ plural: target.plural, id: link.id }}>
      {link.title}
    </Link>
  );
}
