// The device sign-in page: user code, user authentication, approval (F37).
import type { components } from '../../documents/identity.gen.ts';
import type { IdentityContext } from '../context.ts';
import { SignInRefusal } from '../errors.ts';
import { resolveScopes } from '../oauth/requested-scopes.ts';
import type { RequestedScopes } from '../oauth/scopes.ts';
import type { Client, User } from '../registry/registrations.ts';
import { type Authority, admissionRefusal, authorityOf, clientAt } from '../registry/tenants.ts';
import { candidates } from './candidates.ts';
import type { Consents } from './consents.ts';
import { type PageRequest, type PageResponse, withSession } from './page-request.ts';
import { consentPage } from './pages/consent-page.ts';
import { deviceCodePage } from './pages/device-code-page.ts';
import { messagePage } from './pages/message-page.ts';
import { signInPage } from './pages/sign-in-page.ts';
import type { AuthenticateUser, UserAuthentication } from './user-authentication.ts';
import { createUserCodes, type UserCodes, type WaitingDevice } from './user-codes.ts';

/** The code, and the user's input so far. */
export type DeviceStep = components['schemas']['DevicePageStep'];

export interface DevicePageParts extends IdentityContext {
  readonly authenticateUser: AuthenticateUser;
  readonly consents: Consents;
}

export interface DevicePage {
  /** `userCode` prefills the code; the user still has to submit it, so that a link alone cannot lead to the approval page. */
  show(call: PageRequest, userCode: string | undefined): Promise<PageResponse>;
  submit(call: PageRequest, step: DeviceStep): Promise<PageResponse>;
}

/** A device sign-in that waits for approval. */
interface DeviceAuthorization {
  readonly device: WaitingDevice;
  readonly authority: Authority;
  readonly client: Client;
  readonly requested: RequestedScopes;
}

export function createDevicePage(parts: DevicePageParts): DevicePage {
  const { registrations } = parts;
  const userCodes = createUserCodes(parts);
  return {
    show: async (call, userCode) => {
      authorityOf(registrations, call.tenant);
      return askForCode(userCode, undefined);
    },
    submit: async (call, step) => {
      authorityOf(registrations, call.tenant);
      try {
        return await respond({ ...parts, userCodes }, call, step);
      } catch (error) {
        if (error instanceof SignInRefusal) return askForCode(step.user_code, error);
        throw error;
      }
    },
  };
}

function askForCode(userCode: string | undefined, error: SignInRefusal | undefined): PageResponse {
  return { kind: 'page', html: deviceCodePage({ userCode, error }) };
}

async function respond(
  parts: DevicePageParts & { readonly userCodes: UserCodes },
  call: PageRequest,
  step: DeviceStep,
): Promise<PageResponse> {
  const { registrations, authenticateUser, userCodes, consents } = parts;
  const device = await userCodes.find(step.user_code);
  const authority = authorityOf(registrations, device.record.tenant);
  const client = clientAt(registrations, authority, device.record.clientId);
  const authorization = { device, authority, client, requested: resolveScopes(registrations, device.record) };
  const refusalFor = (user: User) => admissionRefusal(authority, client, user);
  const authentication = await authenticateUser({
    call,
    step,
    ignoresSession: step.account === 'other',
    isNonInteractive: false,
    refusalFor,
  });
  if (authentication.kind !== 'known') return askForUser(parts, authorization, step, authentication);
  const { user, session, consent } = authentication;
  if (consent === undefined) return withSession(askForApproval(authorization, user), session);
  if (consent === 'cancel') {
    await userCodes.settle(device, { state: 'declined' });
    return done('Not signed in', `You have not let ${client.displayName} sign in. You can close this page.`);
  }
  // Consent is stored first, because the device may request its token as soon as it is approved.
  await consents.give(client, user, authorization.requested);
  await userCodes.settle(device, { state: 'approved', oid: user.oid });
  return done('You are signed in', `You have signed in to ${client.displayName} on your device. You can close this page.`);
}

function askForUser(
  { registrations }: DevicePageParts,
  { device, authority, client }: DeviceAuthorization,
  { username }: DeviceStep,
  authentication: Exclude<UserAuthentication, { kind: 'known' }>,
): PageResponse {
  const html = signInPage({
    action: 'deviceauth',
    hidden: [['user_code', device.record.userCode]],
    clientName: client.displayName,
    users: candidates(registrations, { authority, client, name: username }),
    name: username,
    error: authentication.kind === 'refused' ? authentication.refusal : undefined,
  });
  return { kind: 'page', html };
}

function askForApproval({ device, client, requested }: DeviceAuthorization, user: User): PageResponse {
  const hidden = [['user_code', device.record.userCode] as const, ['login_hint', user.upn] as const];
  const notice = 'Go on only if you started this on a device of your own.';
  return { kind: 'page', html: consentPage({ action: 'deviceauth', hidden, client, user, requested, notice }) };
}

function done(title: string, text: string): PageResponse {
  return { kind: 'page', html: messagePage({ title, text }) };
}
