import type pg from 'pg';
import type { Principal } from '../../../platform/context/context.ts';
import { chooseLanguage } from '../../../platform/i18n/translations.ts';
import { hashToken, sessionToken } from '../account/token.ts';

export interface Credentials {
  /** The request's `Cookie` header. */
  cookie?: string;
  /** The request's `Authorization` header: `Bearer <API key>`. */
  authorization?: string;
}

/** An unused session ends after this time. */
const IDLE = "interval '7 days'";
/** How exact "last seen" is: at most one write per session in this time. */
const SEEN = "interval '1 minute'";
const DEFAULT_TIME_ZONE = 'Asia/Shanghai';

const PERSON = `
  u.id as user_id, u.department_id, u.role_ids, coalesce(u.language, c.value->>'language') as language,
  coalesce(u.time_zone, c.value->>'timeZone') as time_zone, p.version::text as policy_version,
  exists (
    select from active_share h where h.user_id = u.id or h.department_id = u.department_id
  ) as has_shares`;
const CIRCUMSTANCES = `cross join policy_state p left join setting c on c.key = 'company'`;

const BY_SESSION = {
  name: 'authenticate_session',
  text: `select s.id as credential_id, s."updatedAt" < now() - ${SEEN} as unseen, ${PERSON}
    from auth.session s join "user" u on u.id = s."userId" ${CIRCUMSTANCES}
    where s.token = $1 and s."expiresAt" > now() and s."updatedAt" > now() - ${IDLE}
      and u.status = 'active' and u.deleted_at is null`,
};

const BY_KEY = {
  name: 'authenticate_key',
  text: `select k.id as credential_id, coalesce(k.last_used_at < now() - ${SEEN}, true) as unseen, ${PERSON}
    from api_key k join "user" u on u.id = k.user_id ${CIRCUMSTANCES}
    where k.key_hash = $1 and k.revoked_at is null and (k.expires_at is null or k.expires_at > now())
      and u.status = 'active' and u.deleted_at is null`,
};

const SESSION_SEEN = `update auth.session set "updatedAt" = now() where id = $1 and "updatedAt" < now() - ${SEEN}`;
const KEY_USED = `update api_key set last_used_at = now()
  where id = $1 and (last_used_at is null or last_used_at < now() - ${SEEN})`;

interface Row {
  credential_id: string;
  unseen: boolean;
  user_id: string;
  department_id: string | null;
  role_ids: string[];
  language: string | null;
  time_zone: string | null;
  policy_version: string;
  has_shares: boolean;
}

export type Authenticate = (credentials: Credentials) => Promise<Principal | null>;

/**
 * Tells who sends a request, in one prepared query: an API key goes before a session. Null for no, wrong or expired
 * credentials and for people who are not active. A cookie without our signature costs no query at all.
 */
export function createAuthenticate(pool: Pick<pg.Pool, 'query'>, secret: string): Authenticate {
  const find = async (
    query: { name: string; text: string },
    value: unknown,
    seen: string,
  ): Promise<Row | null> => {
    const row = (await pool.query<Row>({ ...query, values: [value] })).rows[0];
    // Not awaited: nobody's request should wait for it, and a lost one is repeated by the next request.
    if (row?.unseen) pool.query(seen, [row.credential_id]).catch(() => {});
    return row ?? null;
  };
  return async ({ cookie, authorization }) => {
    if (authorization !== undefined) {
      const key = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
      const row = key ? await find(BY_KEY, hashToken(key), KEY_USED) : null;
      return row && principalOf(row, { kind: 'apiKey', id: row.credential_id });
    }
    const token = sessionToken(cookie, secret);
    const row = token ? await find(BY_SESSION, token, SESSION_SEEN) : null;
    return row && principalOf(row, { kind: 'person' });
  };
}

function principalOf(row: Row, cause: Principal['cause']): Principal {
  return {
    kind: 'user',
    userId: row.user_id,
    departmentId: row.department_id,
    roleIds: row.role_ids,
    language: chooseLanguage(row.language),
    timeZone: row.time_zone ?? DEFAULT_TIME_ZONE,
    policyVersion: row.policy_version,
    hasShares: row.has_shares,
    cause,
  };
}
