import type { Principal } from '../../../platform/context/context.ts';
import type { Services } from '../../../platform/context/services.ts';
import { openSession } from '../../../platform/db/session.ts';
import type { Authenticate, Credentials } from './authenticate.ts';

/** Triggers say here that sessions, keys, people, rights, shares or settings have changed. */
const CHANNEL = 'guanxi_access';
/** What a connection that died unnoticed could cost at most. */
const LIFE_MS = 3000;
const MOST = 5000;

/**
 * Remembers for a moment who sends requests with a cookie or key, so that most need not ask the database again. Only while a
 * connection listens for changes of what it follows from: the first of them makes everything forgotten, in every process.
 */
export function knownPrincipals(authenticate: Authenticate) {
  const known = new Map<string, { principal: Principal; until: number }>();
  let listening = false;
  /** Raised by every forgetting: an answer asked for before one is not remembered after it. */
  let era = 0;
  const forget = () => {
    era += 1;
    known.clear();
  };
  return {
    forget,
    async find(credentials: Credentials): Promise<Principal | null> {
      if (!listening) return authenticate(credentials);
      const key = `${credentials.authorization ?? ''}\n${credentials.cookie ?? ''}`;
      const found = known.get(key);
      if (found && found.until > performance.now()) return found.principal;
      const asked = era;
      const principal = await authenticate(credentials);
      if (principal && listening && asked === era) {
        if (known.size >= MOST) known.clear();
        known.set(key, { principal, until: performance.now() + LIFE_MS });
      }
      return principal;
    },
    /** Begins to listen; until then, and whenever the connection is lost, every request asks. */
    async watch({ directUrl }: Pick<Services, 'directUrl'>): Promise<{ stop(): Promise<void> }> {
      const session = await openSession({
        url: directUrl,
        applicationName: 'guanxi access',
        onConnect: async (client) => {
          await client.query(`listen ${CHANNEL}`);
          forget();
          listening = true;
        },
        onLost: () => {
          listening = false;
          forget();
        },
        onNotification: forget,
      });
      return {
        async stop() {
          listening = false;
          forget();
          await session.close();
        },
      };
    },
  };
}
