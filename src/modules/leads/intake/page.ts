import { escapeHtml, outsidePage } from '../../../platform/http/html.ts';
import { FORM_STYLE, guardFields } from '../../../platform/http/outside-form.ts';
import type { Language } from '../../../platform/i18n/translations.ts';
import type { FormField } from '../channel/fields.shared.ts';
import type { Channel } from '../channel/read.ts';

export interface Shown {
  language: Language;
  say(key: string): string;
  token: string;
  /** What was filled in before, with what is wrong about it. */
  values: Readonly<Record<string, string>>;
  errors: Readonly<Record<string, string>>;
  message: string | null;
}

/** The page people outside see. */
export const pageOf = (language: Language, title: string, body: string): string =>
  outsidePage(language, title, FORM_STYLE, body);

const TYPES: Partial<Record<FormField, string>> = { phone: 'tel', email: 'email' };
const COMPLETE: Partial<Record<FormField, string>> = {
  name: 'name',
  company: 'organization',
  jobTitle: 'organization-title',
  phone: 'tel',
  email: 'email',
};

/** The form as people outside see it. */
export function formPage(channel: Channel, shown: Shown): string {
  const { say, values, errors, message, token } = shown;
  const title = channel.heading ?? channel.name;
  const parts = [
    `<h1>${escapeHtml(title)}</h1>`,
    channel.intro ? `<p>${escapeHtml(channel.intro)}</p>` : '',
    message ? `<p class="bad" role="alert">${escapeHtml(message)}</p>` : '',
    `<form method="post" action="/f/${channel.key}">`,
    guardFields(token, say('lead.form.honeypot')),
    ...['page', 'campaign'].map(
      (name) => `<input type="hidden" name="${name}" value="${escapeHtml(values[name] ?? '')}">`,
    ),
    ...channel.fields.map((field) => fieldOf(channel, field, shown)),
    consentOf(channel, errors),
    `<button type="submit">${escapeHtml(say('lead.form.send'))}</button></form>`,
  ];
  return pageOf(shown.language, title, parts.join('\n'));
}

function fieldOf(channel: Channel, field: FormField, { say, values, errors }: Shown): string {
  if (field === 'product' && channel.products.length === 0) return '';
  const required = channel.required.includes(field);
  const error = errors[field];
  const attributes = `name="${field}"${required ? ' required' : ''}${error ? ' aria-invalid="true"' : ''}`;
  const value = values[field] ?? '';
  const control =
    field === 'remark'
      ? `<textarea ${attributes} rows="4" maxlength="2000">${escapeHtml(value)}</textarea>`
      : field === 'product'
        ? `<select ${attributes}><option value=""></option>${channel.products
            .map(
              ({ id, name }) =>
                `<option value="${id}"${id === value ? ' selected' : ''}>${escapeHtml(name)}</option>`,
            )
            .join('')}</select>`
        : `<input ${attributes} type="${TYPES[field] ?? 'text'}" maxlength="200" value="${escapeHtml(value)}"${
            COMPLETE[field] ? ` autocomplete="${COMPLETE[field]}"` : ''
          }>`;
  const label = `${say(`leadChannel.fields.${field}`)}${required ? ' *' : ''}`;
  return `<label><span>${escapeHtml(label)}</span>${control}${error ? `<p class="bad">${escapeHtml(error)}</p>` : ''}</label>`;
}

function consentOf({ consentText }: Channel, errors: Shown['errors']): string {
  if (!consentText) return '';
  const error = errors.consent ? `<p class="bad">${escapeHtml(errors.consent)}</p>` : '';
  return `<label class="choice"><input type="checkbox" name="consent" value="yes" required>
    <span>${escapeHtml(consentText)}</span></label>${error}`;
}
