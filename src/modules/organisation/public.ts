/** What the application and other modules may use of this one. */

export { createAuthenticate } from './access/authenticate.ts';
export { createPolicyInputs, loadPolicyInput } from './access/policy-input.ts';
export { createRequestAuthenticate } from './access/request.ts';
export { removeExpired } from './account/housekeeping.ts';
export { type AccountServices, accountServices, type MailMessage, type SendMail } from './services.ts';
export { createSettingsReader, isSetUp, readSettings, type Settings } from './settings/settings.ts';
export { administratorContext, createApiKeyFromCommandLine, setupCompany } from './setup/setup.ts';
export { deactivateUser } from './user/access.ts';
export { moveUser } from './user/move.ts';
