// Reports all problems of a seed: violations of its schema, and of rules that a schema cannot express.
import { X509Certificate } from 'node:crypto';
import type { ErrorObject } from 'ajv/dist/2020.js';
import type { Seed } from './seed-content.ts';

export interface SeedProblem {
  /** The location in the seed. */
  readonly path: readonly (string | number)[];
  /** The end of a sentence that begins with the path. */
  readonly text: string;
}

/** The errors of the schema validator, as one problem for each thing to correct. */
export function schemaProblems(errors: readonly ErrorObject[]): readonly SeedProblem[] {
  const choices = errors.filter(({ keyword }) => keyword === 'oneOf').map(({ instancePath }) => instancePath);
  const problems = errors.flatMap((error): readonly SeedProblem[] => {
    const { keyword, instancePath, params } = error;
    if (choices.includes(instancePath) && (keyword === 'oneOf' || keyword === 'type')) return choiceProblem(error, errors);
    const path = pathOf(instancePath);
    if (keyword === 'required') return [{ path: [...path, String(params['missingProperty'])], text: 'is missing' }];
    if (keyword === 'additionalProperties') return [{ path: [...path, String(params['additionalProperty'])], text: 'is not known' }];
    const allowed: unknown = params['allowedValues'];
    return [{ path, text: `${error.message ?? 'is not valid'}${Array.isArray(allowed) ? `: ${allowed.join(', ')}` : ''}` }];
  });
  return problems;
}

/** For a value with alternative forms: the problems of the alternative with the matching type, or else a list of all types. */
function choiceProblem({ keyword, instancePath }: ErrorObject, errors: readonly ErrorObject[]): readonly SeedProblem[] {
  if (keyword !== 'oneOf') return [];
  const own = errors.filter((one) => one.instancePath === instancePath || one.instancePath.startsWith(`${instancePath}/`));
  const types = own
    .filter((one) => one.keyword === 'type' && one.instancePath === instancePath)
    .map(({ params }) => String(params['type']));
  const hasOthers = own.some((one) => one.keyword !== 'oneOf' && !(one.keyword === 'type' && one.instancePath === instancePath));
  return hasOthers ? [] : [{ path: pathOf(instancePath), text: `must be ${types.join(' or ')}` }];
}

function pathOf(pointer: string): readonly (string | number)[] {
  const names = pointer.split('/').slice(1);
  return names.map((name) => (/^\d+$/.test(name) ? Number(name) : name.replaceAll('~1', '/').replaceAll('~0', '~')));
}

export function pathText(path: SeedProblem['path']): string {
  return `/${path.join('/')}`;
}

/** Problems of a seed that satisfies its schema: duplicate names, unknown tenants, invalid certificates. */
export function contentProblems(seed: Seed): readonly SeedProblem[] {
  const { tenants = [], users = [], applications = [], clients = [] } = seed;
  return [
    ...repeated(
      'tenants',
      'domain',
      tenants.map(({ domain }) => domain),
    ),
    ...repeated(
      'tenants',
      'id',
      tenants.map(({ id }) => id),
    ),
    ...repeated(
      'users',
      'alias',
      users.map(({ alias }) => alias),
    ),
    ...repeated(
      'users',
      'userPrincipalName',
      users.map(({ userPrincipalName }) => userPrincipalName),
    ),
    ...repeated(
      'users',
      'id',
      users.map(({ id }) => id),
    ),
    ...repeated(
      'applications',
      'hostName',
      applications.map(({ hostName }) => hostName),
    ),
    ...repeated(
      'clients',
      'clientId',
      clients.map(({ clientId }) => clientId),
    ),
    ...unknownTenants(
      'users',
      users.map(({ tenant }) => tenant),
      seed,
    ),
    ...unknownTenants(
      'clients',
      clients.map(({ tenant }) => tenant),
      seed,
    ),
    ...clients.flatMap(({ certificates = [] }, client) =>
      certificates.flatMap(({ pem }, index) =>
        pem === undefined || isCertificate(pem)
          ? []
          : [{ path: ['clients', client, 'certificates', index], text: 'has no certificate in PEM' }],
      ),
    ),
  ];
}

/** Duplicate names, compared without case: one of two entries would be ignored silently. */
function repeated(list: string, member: string, names: readonly (string | undefined)[]): readonly SeedProblem[] {
  const seen = new Set<string>();
  return names.flatMap((name, index) => {
    const key = name?.toLowerCase();
    if (key === undefined || !seen.has(key)) {
      if (key !== undefined) seen.add(key);
      return [];
    }
    return [{ path: [list, index, member], text: `names ${name} twice` }];
  });
}

function unknownTenants(list: string, names: readonly (string | undefined)[], { tenants = [] }: Seed): readonly SeedProblem[] {
  const known = new Set(tenants.flatMap(({ domain, id }) => [domain.toLowerCase(), ...(id === undefined ? [] : [id.toLowerCase()])]));
  if (tenants.length === 0) known.add('contoso.example');
  const hasOnlyGivenIds = tenants.every(({ id }) => id !== undefined);
  return names.flatMap((name, index) => {
    // A tenant without an ID gets one derived from its domain, so that an unknown ID can still be valid here.
    const mayBeId = !hasOnlyGivenIds && name !== undefined && /^[0-9a-f-]{36}$/i.test(name);
    if (name === undefined || known.has(name.toLowerCase()) || mayBeId) return [];
    return [{ path: [list, index, 'tenant'], text: `names the tenant ${name}, which is not in the list of tenants` }];
  });
}

function isCertificate(pem: string): boolean {
  const certificate = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/.exec(pem)?.[0] ?? '';
  try {
    return new X509Certificate(certificate).raw.length > 0;
  } catch {
    return false;
  }
}
