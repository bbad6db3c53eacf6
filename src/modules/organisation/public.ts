/** What the application and other modules may use of this one. */
export { createPolicyInputs } from './access/policy-input.ts';
export { createRequestAuthentication } from './access/request.ts';
export { countAttempt } from './account/attempts.ts';
export { inviteUser } from './invitation/invitation.ts';
export { mailInvitation } from './invitation/mail.ts';
export { PARTNER_ROLE } from './role/defaults.ts';
export { upgradeRights } from './role/upgrade.ts';
export { type AccountServices, accountServices } from './services.ts';
export { createSettingsReader } from './settings/settings.ts';
export { administratorContext, createApiKeyFromCommandLine, setupCompany } from './setup/setup.ts';
export { deactivateUser } from './user/access.ts';
export { personContext } from './user/context.ts';
export { directory } from './user/directory.ts';
export { introduceSamplePeople } from './user/status.ts';
