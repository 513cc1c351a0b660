// The wire types of the identity platform that clients meet, named once; generated from the document.
import type { components } from '../documents/identity.gen.ts';

type Schemas = components['schemas'];
export type OpenIdConfiguration = Schemas['OpenIdConfiguration'];
/** What a token is asked for with. */
export type TokenRequest = Schemas['TokenRequest'];
/** The answer of v2.0. */
export type TokenAnswerV2 = Schemas['TokenAnswer'];
/** The answer of v1: its numbers are strings (F40). */
export type TokenAnswerV1 = Schemas['TokenAnswerV1'];
export type TokenAnswer = TokenAnswerV2 | TokenAnswerV1;
export type DeviceCodeRequest = Schemas['DeviceCodeRequest'];
export type DeviceCodeAnswer = Schemas['DeviceCodeAnswer'];
