import type { CommandSpec } from '../../platform/command/command.ts';
import type { Behaviour } from '../../platform/entity/behaviour.ts';
import type { Route } from '../../platform/http/route.ts';
import { housekeeping } from './account/housekeeping.ts';
import { departmentBehaviour } from './department/behaviour.ts';
import { department } from './department/entity.ts';
import { roleBehaviour } from './role/behaviour.ts';
import { role } from './role/entity.ts';
import { administrationRoutes } from './routes/administration.ts';
import { meRoutes } from './routes/me.ts';
import { openRoutes } from './routes/open.ts';
import type { AccountServices } from './services.ts';
import { userBehaviour } from './user/behaviour.ts';
import { userCommands } from './user/commands.ts';
import { user } from './user/entity.ts';

/** People, departments and roles; signing in; the company's settings. */
export const organisation = {
  name: 'organisation',
  migrations: new URL('./migrations/', import.meta.url),
  translations: new URL('./i18n/', import.meta.url),
  entities: [user, department, role],
  behaviours: new Map<string, Behaviour>([
    ['user', userBehaviour],
    ['department', departmentBehaviour],
    ['role', roleBehaviour],
  ]),
  routes: (services: AccountServices): Route[] => [
    ...openRoutes(services),
    ...meRoutes(services),
    ...administrationRoutes(services),
  ],
  jobs: [housekeeping],
  notifications: [
    { name: 'rights.upgraded', path: '/admin/roles', defaults: { inApp: true, mail: 'off' } as const },
  ],
  commands: (services: AccountServices): CommandSpec[] => userCommands(services),
};
