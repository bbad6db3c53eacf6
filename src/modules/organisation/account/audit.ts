import { type AuditEntry, writeAudit } from '../../../platform/audit/audit.ts';
import { contextFor } from '../../../platform/context/services.ts';
import { inTransaction } from '../../../platform/context/transaction.ts';
import { type AccountServices, actingPerson } from '../services.ts';

/** Records what a person did to an account of his own, outside any other transaction: also what failed must be kept. */
export async function auditAccount(
  services: AccountServices,
  userId: string | null,
  ip: string,
  action: string,
  entry: Partial<AuditEntry> = {},
): Promise<void> {
  const ctx = await contextFor(services, actingPerson(userId), ip);
  await inTransaction(ctx, (inner) =>
    writeAudit(inner, { action, entity: 'user', recordId: userId, ...entry }),
  );
}
