import { createApiKeyFromCommandLine } from '../modules/organisation/public.ts';
import { problem } from '../platform/errors/problem.ts';
import { withApp } from './open.ts';

interface Options {
  name: string;
  user?: string;
  json?: boolean;
}

export async function createKey({ name, user, json }: Options): Promise<void> {
  await withApp(async (app) => {
    const found = user
      ? await app.services.db
          .selectFrom('user')
          .select('id')
          .where('email', '=', user)
          .where('deleted_at', 'is', null)
          .executeTakeFirst()
      : undefined;
    if (user && !found) throw problem('not_found', { status: 404 });
    const key = await createApiKeyFromCommandLine(app.services, { name, userId: found?.id });
    console.info(
      json
        ? JSON.stringify(key)
        : `${key.key}\n请立即保存，不会再次显示 · keep it now, it is not shown again`,
    );
  });
}
