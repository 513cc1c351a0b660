// Cases of Content-Encoding: supported and unsupported encodings, and bodies that do not match the header.
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { bodyRequirementOf } from '../../checks/requirement-of.ts';
import type { Operation } from '../../documents/operation.ts';
import { jsonObjectOf, listOf } from '../../values/json.ts';
import type { Case } from '../case.ts';
import { asRawBody, bytesOf } from './raw-body.ts';
import { acceptCase, refuseCase } from './variation-case.ts';

const encoders: Readonly<Record<string, readonly ((json: string) => Uint8Array)[]>> = {
  identity: [bytesOf],
  gzip: [(json) => gzipSync(json), (json) => gzipSync(json, { level: 0 })],
  // Both forms of deflate are in use: with the zlib wrapper, as the standard requires, and raw.
  deflate: [(json) => deflateSync(json), (json) => deflateRawSync(json)],
  br: [(json) => brotliCompressSync(json)],
};

export function encodingCases(operation: Operation): readonly Case[] {
  const parameter = operation.parameters.find(({ name }) => name.toLowerCase() === 'content-encoding');
  if (!parameter) return [];
  const schema = jsonObjectOf(parameter.schema);
  const codings = listOf(schema['enum']).map(String);
  const { operationId } = operation;
  const common = { operation, about: 'Content-Encoding', document: undefined };
  const isPost = operationId === 'postNotification';
  const requirement = (id: string) => (isPost ? id : bodyRequirementOf(operationId, false));
  const encoded = (coding: string, label: string, encode: (json: string) => Uint8Array | string) =>
    asRawBody(label, encode, { 'Content-Encoding': coding });
  const spellings = (coding: string) => [
    coding,
    ...(operation.rules.ignoresCase || schema['x-case-insensitive'] === true ? [coding.toUpperCase()] : []),
  ];
  const read = codings.flatMap((coding) =>
    (encoders[coding] ?? []).flatMap((encode, form) => spellings(coding).map((text) => encoded(text, `${text}, form ${form + 1}`, encode))),
  );
  const typed = codings.flatMap((coding) =>
    (encoders[coding] ?? []).slice(0, 1).map((encode) => {
      const headers = { 'Content-Encoding': coding, 'Content-Type': 'application/json; charset=utf-8' };
      return asRawBody(`${coding}, with a charset`, encode, headers);
    }),
  );
  const refusedCodings = ['br', 'compress', 'zstd', 'utf-8', 'unknown'].filter((coding) => !codings.includes(coding));
  const gzip = (json: string) => new Uint8Array(gzipSync(json));
  const refused = [
    ...refusedCodings.map((coding) => encoded(coding, coding, encoders[coding]?.[0] ?? bytesOf)),
    encoded('gzip, deflate', 'a list of encodings', gzip),
    encoded('gzip, gzip', 'the same encoding twice', (json) => new Uint8Array(gzipSync(gzip(json)))),
  ];
  const corrupt = [
    encoded('gzip', 'plain text declared as gzip', (json) => json),
    encoded('gzip', 'truncated gzip', (json) => gzip(json).slice(0, -12)),
    encoded('gzip', 'gzip with a wrong checksum', (json) =>
      gzip(json).map((byte, index, all) => (index === all.length - 8 ? byte ^ 0xff : byte)),
    ),
    encoded('deflate', 'plain text declared as deflate', (json) => json),
    encoded('deflate', 'an empty body declared as deflate', () => ''),
    encoded('gzip', 'gzip of text that is not JSON', () => gzip('Hello')),
  ];
  return [
    acceptCase({
      ...common,
      id: `${operationId}/content-encoding/read`,
      requirement: requirement('encoding-read'),
      title: 'reads the documented encodings',
      variations: [...read, ...typed],
    }),
    refuseCase({
      ...common,
      id: `${operationId}/content-encoding/refused`,
      requirement: requirement('encoding-refused'),
      title: 'refuses other encodings',
      rounds: [{ variations: refused }],
      statuses: [415],
    }),
    refuseCase({
      ...common,
      id: `${operationId}/content-encoding/corrupt`,
      requirement: requirement('encoding-corrupt'),
      title: 'refuses a body that does not match its encoding',
      rounds: [{ variations: corrupt }],
      statuses: [400],
    }),
  ];
}
