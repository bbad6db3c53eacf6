import { setupCompany } from '../modules/organisation/public.ts';
import { withApp } from './open.ts';

interface Options {
  email: string;
  password: string;
  company: string;
  name: string;
  language: 'zh' | 'en';
  json?: boolean;
}

export async function setUp({ json, ...input }: Options): Promise<void> {
  await withApp(async (app, { baseUrl }) => {
    const { userId } = await setupCompany(app.accounts, input);
    if (json) console.info(JSON.stringify({ userId, company: input.company, email: input.email }));
    else
      console.info(
        `已建立“${input.company}”，请用 ${input.email} 登录 · set up; sign in as ${input.email} at ${baseUrl}`,
      );
  });
}
