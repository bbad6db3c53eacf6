import type { App } from '../app.ts';
import { administratorContext, personContext } from '../modules/organisation/public.ts';
import type { Context } from '../platform/context/context.ts';

/** The circumstances of the person named by mail, else of the first administrator. Throws `not_found` for a stranger. */
export function contextAs(app: App, mail: string | undefined): Promise<Context> {
  return mail === undefined
    ? administratorContext(app.services)
    : personContext(app.services, { mail }, { kind: 'commandLine' });
}
