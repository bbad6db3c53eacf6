/** The form in which mail addresses are compared: half width, lower case, no spaces, without `mailto:` or `<…>`. */
export function foldMail(text: string): string {
  const bracketed = /<([^<>]+@[^<>]+)>/.exec(text)?.[1] ?? text;
  return bracketed
    .normalize('NFKC')
    .replace(/\s/g, '')
    .replace(/^mailto:/i, '')
    .toLowerCase();
}

/** Whether the text has the form of one mail address. Delivery alone can prove more. */
export function isMail(text: string): boolean {
  return /^[^\s@<>,;"]{1,64}@[^\s@.<>,;"]+(\.[^\s@.<>,;"]+)+$/.test(foldMail(text));
}

/** `zhangsan@example.com` → `z***n@example.com`; a local part of one or two characters shows its first only. */
export function maskEmail(mail: string): string {
  const at = mail.lastIndexOf('@');
  if (at < 1) return mail === '' ? '' : '***';
  const local = mail.slice(0, at);
  return `${local[0]}***${local.length > 2 ? local.at(-1) : ''}${mail.slice(at)}`;
}
