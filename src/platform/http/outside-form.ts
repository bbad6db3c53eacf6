import type { FastifyReply, FastifyRequest } from 'fastify';
import { problem } from '../errors/problem.ts';
import { escapeHtml } from './html.ts';

/** What every form for people outside has in common: how it looks, what guards it, and the headers it is sent with. */

/** The name of a field nobody sees; only machines fill it in. */
export const HONEYPOT = 'homepage';

/** Of such a page: no script, nothing loaded. */
export const FORM_STYLE = `*{box-sizing:border-box}body{margin:0;font:15px/1.6 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;
color:#22262b;background:#fffefb}main{max-width:520px;margin:0 auto;padding:20px 16px}h1{font-size:20px;margin:0 0 8px}
label,.choice{display:block;margin:12px 0 0}label>span{display:block;font-size:13px;color:#5b626b}
input,textarea,select{width:100%;padding:9px 10px;border:1px solid #c9c3b8;border-radius:6px;font:inherit;background:#fff}
.choice{display:flex;gap:8px;align-items:flex-start;font-size:13px}.choice input{width:auto;margin:4px 0 0}
.hp{position:absolute;left:-9999px}button{margin-top:16px;width:100%;padding:11px;border:0;border-radius:6px;
background:#28566f;color:#fff;font:inherit;cursor:pointer}.bad{color:#c8432b;font-size:13px;margin:4px 0 0}
:focus-visible{outline:2px solid #28566f;outline-offset:1px}p{margin:0 0 8px;white-space:pre-line}`;

/** The field nobody sees, and the mark of when the form was shown. */
export const guardFields = (token: string, label: string): string =>
  `<input type="hidden" name="token" value="${escapeHtml(token)}">
    <div class="hp" aria-hidden="true"><label>${escapeHtml(label)}
      <input name="${HONEYPOT}" tabindex="-1" autocomplete="off"></label></div>`;

/** A form is sent by our own page only, wherever that is shown. */
export function requireOwnPage(request: FastifyRequest, baseUrl: string): void {
  const { origin } = request.headers;
  if (origin === undefined) return;
  const ours = URL.canParse(origin) && new URL(origin).host === request.host;
  if (!ours && origin !== new URL(baseUrl).origin) throw problem('cross_site', { status: 403 });
}

/**
 * Sends a page for people outside: it runs no script and loads nothing.
 * @param frames origins of web sites that may show it within theirs, besides our own
 */
export function sendPage(reply: FastifyReply, html: string, frames: readonly string[] = []): FastifyReply {
  reply.raw.removeHeader('x-frame-options');
  return (
    reply
      .header(
        'content-security-policy',
        `default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors ${["'self'", ...frames].join(' ')}`,
      )
      // Without a referrer a browser would not name our own page as the origin of its form either.
      .header('referrer-policy', 'same-origin')
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(html)
  );
}
