// Names for the generated wire types of the identity platform that clients use.
import type { components } from '../documents/identity.gen.ts';

type Schemas = components['schemas'];
export type OpenIdConfiguration = Schemas['OpenIdConfiguration'];
/** The parameters of a token request. */
export type TokenRequest = Schemas['TokenRequest'];
/** The response of v2.0. */
export type TokenAnswerV2 = Schemas['TokenAnswer'];
/** The response of v1, whose numbers are strings (F40). */
export type TokenAnswerV1 = Schemas['TokenAnswerV1'];
export type TokenAnswer = TokenAnswerV2 | TokenAnswerV1;
export type DeviceCodeRequest = Schemas['DeviceCodeRequest'];
export type DeviceCodeAnswer = Schemas['DeviceCodeAnswer'];
