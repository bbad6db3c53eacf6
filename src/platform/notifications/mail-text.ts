import type { Context } from '../context/context.ts';
import { escapeHtml } from '../http/html.ts';
import { translate } from '../i18n/translations.ts';
import type { MailContent } from '../mail/smtp.ts';
import { formatNearInstant } from '../time/format.shared.ts';
import { offToken } from './off.ts';
import { kindLabel, type ShownNotification } from './read.ts';

export type Occasion = 'now' | 'daily' | 'weekly';

const SUBJECT = 120;

/** A mail that tells one notification, or many together, in its reader's language. */
export function mailText(
  ctx: Context,
  { baseUrl, secret }: { baseUrl: string; secret: string },
  occasion: Occasion,
  items: readonly ShownNotification[],
): MailContent {
  const { language, timeZone, userId } = ctx.principal;
  const say = (key: string, params: Record<string, unknown> = {}) =>
    translate(ctx.registry.words, language, `notification.mail.${key}`, params);
  const kinds = [...new Set(items.map(({ kind }) => kind))];
  const off = (names: readonly string[]) => `${baseUrl}/mail-off/${offToken(secret, userId ?? '', names)}`;
  const single = occasion === 'now' && items.length === 1;
  const subject = single
    ? (items[0] as ShownNotification).text
    : say(`subject.${occasion}`, { count: items.length });
  const lines = items.map((item) => ({
    text: item.text,
    at: formatNearInstant(item.at, language, timeZone, ctx.now),
    link: baseUrl + pathOf(ctx, item),
  }));
  const ends = kinds.map((kind) => ({
    text: say('off', { kind: kindLabel(ctx, kind) }),
    link: off([kind]),
  }));
  const settings = { text: say('settings'), link: `${baseUrl}/me/notifications` };
  return {
    subject: oneLine(subject),
    text: [
      ...lines.map(({ text, at, link }) => `${text}\n${at}\n${link}`),
      '--',
      ...[...ends, settings].map(({ text, link }) => `${text}\n${link}`),
    ].join('\n\n'),
    html: htmlOf(language, oneLine(subject), lines, [...ends, settings]),
    // Mailboxes post to it themselves (RFC 8058), so it is the interface, not the page.
    unsubscribe: `${baseUrl}/api/v1/notifications/off/${offToken(secret, userId ?? '', kinds)}`,
  };
}

/** Where a click on it leads, in the mail as on the page. */
function pathOf(ctx: Context, { path, record }: ShownNotification): string {
  if (path) return path;
  return record ? `/r/${ctx.registry.byName.get(record.entity)?.plural}/${record.id}` : '/notifications';
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const letters = [...line];
  return letters.length > SUBJECT ? `${letters.slice(0, SUBJECT - 1).join('')}…` : line;
}

/** Mail programs read only styles that stand at the element. */
function htmlOf(
  language: string,
  title: string,
  lines: { text: string; at: string; link: string }[],
  foot: { text: string; link: string }[],
): string {
  const items = lines
    .map(
      ({ text, at, link }) => `<div style="padding:12px 0;border-top:1px solid #e6e1d8">
<a href="${escapeHtml(link)}" style="color:#28566f;text-decoration:none">${escapeHtml(text).replace(/\n/g, '<br>')}</a>
<div style="color:#6b7078;font-size:12px">${escapeHtml(at)}</div></div>`,
    )
    .join('\n');
  const links = foot
    .map(({ text, link }) => `<a href="${escapeHtml(link)}" style="color:#6b7078">${escapeHtml(text)}</a>`)
    .join(' &nbsp; ');
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"></head>
<body style="margin:0;background:#f6f4ef;color:#22262b;font:14px/1.6 'PingFang SC','Microsoft YaHei',sans-serif">
<div style="max-width:600px;margin:0 auto;padding:24px">
<h1 style="font-size:16px;margin:0 0 12px">${escapeHtml(title)}</h1>
${items}
<p style="border-top:1px solid #e6e1d8;padding-top:12px;font-size:12px">${links}</p>
</div></body></html>`;
}
