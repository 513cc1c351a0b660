// The page where a person lets a device sign in: the code, who the person is, and a yes or no (F37).
import type { components } from '../../documents/identity.gen.ts';
import type { IdentityContext } from '../context.ts';
import { SignInRefusal } from '../errors.ts';
import { type Asked, askedByScope } from '../oauth/scopes.ts';
import type { Client, User } from '../registry/registrations.ts';
import { type Authority, authorityOf, clientAt, whyNotAdmitted } from '../registry/tenants.ts';
import { candidates } from './candidates.ts';
import type { Consents } from './consents.ts';
import { type PageAnswer, type PageCall, withSession } from './page-call.ts';
import { consentPage } from './pages/consent-page.ts';
import { deviceCodePage } from './pages/device-code-page.ts';
import { messagePage } from './pages/message-page.ts';
import { signInPage } from './pages/sign-in-page.ts';
import type { Recognise, Recognition } from './recognition.ts';
import { createUserCodes, type UserCodes, type WaitingDevice } from './user-codes.ts';

/** The code, and what the person did so far. */
export type DeviceStep = components['schemas']['DevicePageStep'];

export interface DevicePageParts extends IdentityContext {
  readonly recognise: Recognise;
  readonly consents: Consents;
}

export interface DevicePage {
  /** `userCode` fills in the code; the person still has to send it, so that a link alone cannot lead anybody to the question. */
  show(call: PageCall, userCode: string | undefined): Promise<PageAnswer>;
  submit(call: PageCall, step: DeviceStep): Promise<PageAnswer>;
}

/** What a device asks for. */
interface Asking {
  readonly device: WaitingDevice;
  readonly authority: Authority;
  readonly client: Client;
  readonly asked: Asked;
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
        return await answer({ ...parts, userCodes }, call, step);
      } catch (error) {
        if (error instanceof SignInRefusal) return askForCode(step.user_code, error);
        throw error;
      }
    },
  };
}

function askForCode(userCode: string | undefined, fault: SignInRefusal | undefined): PageAnswer {
  return { kind: 'page', html: deviceCodePage({ userCode, fault }) };
}

async function answer(parts: DevicePageParts & { readonly userCodes: UserCodes }, call: PageCall, step: DeviceStep): Promise<PageAnswer> {
  const { registrations, recognise, userCodes, consents } = parts;
  const device = await userCodes.find(step.user_code);
  const authority = authorityOf(registrations, device.record.tenant);
  const client = clientAt(registrations, authority, device.record.clientId);
  const asking = { device, authority, client, asked: askedByScope(registrations, device.record.scope) };
  const whyNot = (user: User) => whyNotAdmitted(authority, client, user);
  const who = await recognise({ call, step, isAskedAnew: step.account === 'other', isSilent: false, whyNot });
  if (who.kind !== 'known') return askWho(parts, asking, step, who);
  const { user, session, consent } = who;
  if (consent === undefined) return withSession(askWhether(asking, user), session);
  if (consent === 'cancel') {
    await userCodes.settle(device, { state: 'declined' });
    return done('Not signed in', `You have not let ${client.displayName} sign in. You can close this page.`);
  }
  // Consent comes first: the device may ask for its token the moment it is let in.
  await consents.give(client, user, asking.asked);
  await userCodes.settle(device, { state: 'approved', oid: user.oid });
  return done('You are signed in', `You have signed in to ${client.displayName} on your device. You can close this page.`);
}

function askWho(
  { registrations }: DevicePageParts,
  { device, authority, client }: Asking,
  { username }: DeviceStep,
  who: Exclude<Recognition, { kind: 'known' }>,
): PageAnswer {
  const html = signInPage({
    action: 'deviceauth',
    hidden: [['user_code', device.record.userCode]],
    clientName: client.displayName,
    users: candidates(registrations, { authority, client, name: username }),
    name: username,
    fault: who.kind === 'refused' ? who.refusal : undefined,
  });
  return { kind: 'page', html };
}

function askWhether({ device, client, asked }: Asking, user: User): PageAnswer {
  const hidden = [['user_code', device.record.userCode] as const, ['login_hint', user.upn] as const];
  const notice = 'Go on only if you started this on a device of your own.';
  return { kind: 'page', html: consentPage({ action: 'deviceauth', hidden, client, user, asked, notice }) };
}

function done(title: string, text: string): PageAnswer {
  return { kind: 'page', html: messagePage({ title, text }) };
}
