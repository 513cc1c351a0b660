// Plays a person with a browser: keeps cookies, follows redirects, fills in forms and presses buttons, until a client's address is reached.
import { type Answer, send } from './http-call.ts';
import { formsOf, type PageForm, textOf, unescaped } from './page-forms.ts';

/** A page of the emulator. */
export interface SeenPage {
  readonly kind: 'page';
  readonly status: number;
  readonly title: string;
  /** What a reader sees. */
  readonly text: string;
  readonly html: string;
  readonly answer: Answer;
  readonly forms: readonly PageForm[];
  /** Labels of all buttons, in their order. */
  readonly buttons: readonly string[];
  /** Presses the first button whose label begins so, with these fields filled in. */
  press(label: string, filledIn?: Readonly<Record<string, string>>): Promise<Seen>;
}

/** The browser has left for the client. */
export interface AtClient {
  readonly kind: 'client';
  readonly method: 'GET' | 'POST';
  /** As the emulator gave it. */
  readonly location: string;
  /** Without the answer's parameters. */
  readonly address: string;
  readonly part: 'query' | 'fragment' | 'body';
  readonly parameters: Readonly<Record<string, string>>;
}

export type Seen = SeenPage | AtClient;

export interface Person {
  readonly cookies: Map<string, string>;
  /** What the emulator set, unchanged. */
  readonly setCookies: string[];
  open(path: string): Promise<Seen>;
  /** Sends a form from nowhere, as a program does. */
  submit(path: string, fields: Readonly<Record<string, string>>, headers?: Readonly<Record<string, string>>): Promise<Seen>;
}

export function createPerson(origin: string): Person {
  const cookies = new Map<string, string>();
  const setCookies: string[] = [];

  async function go(path: string, form?: URLSearchParams, more: Readonly<Record<string, string>> = {}): Promise<Seen> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = {
      ...(cookie === '' ? {} : { Cookie: cookie }),
      ...(form ? { 'Content-Type': 'application/x-www-form-urlencoded', ...more } : more),
    };
    const answer = await send(origin, { path, headers, ...(form ? { bytes: form.toString(), method: 'POST' } : {}) });
    for (const line of answer.headers['set-cookie'] ?? []) keep(line);
    const { location } = answer.headers;
    if (answer.status !== 302 || location === undefined) return pageOf(answer, path);
    const target = new URL(location, origin);
    return target.origin === origin ? go(`${target.pathname}${target.search}`) : arrival(location);
  }

  function keep(line: string): void {
    setCookies.push(line);
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (/; Max-Age=0/.test(line)) cookies.delete(name);
    else cookies.set(name, value);
  }

  function pageOf(answer: Answer, path: string): SeenPage {
    const html = answer.text;
    const forms = formsOf(html);
    return {
      kind: 'page',
      status: answer.status,
      title: unescaped(/<title>([\s\S]*?)<\/title>/.exec(html)?.[1] ?? ''),
      text: textOf(html),
      html,
      answer,
      forms,
      buttons: forms.flatMap(({ buttons }) => buttons.map(({ label }) => label)),
      press: async (label, filledIn = {}) => {
        const form = forms.find(({ buttons }) => buttons.some((button) => button.label.startsWith(label)));
        const button = form?.buttons.find((one) => one.label.startsWith(label));
        if (!form || !button) throw new Error(`no button ${label} on the page: ${textOf(html)}`);
        const fields = new URLSearchParams([...form.fields]);
        for (const [name, value] of Object.entries(filledIn)) {
          if (!form.labels.has(name)) throw new Error(`no field ${name} on the page: ${textOf(html)}`);
          fields.set(name, value);
        }
        if (button.name !== '') fields.append(button.name, button.value);
        const target = new URL(form.action, `${origin}${path}`);
        if (target.origin !== origin) return posted(form.action, fields);
        return go(`${target.pathname}${target.search}`, fields, { 'Sec-Fetch-Site': 'same-origin' });
      },
    };
  }

  return {
    cookies,
    setCookies,
    open: (path) => go(path),
    submit: (path, fields, headers) => go(path, new URLSearchParams(fields), headers),
  };
}

function arrival(location: string): AtClient {
  const [whole = '', fragment] = location.split('#');
  const [address = '', query = ''] = whole.split('?');
  const parameters = Object.fromEntries(new URLSearchParams(fragment ?? query));
  return { kind: 'client', method: 'GET', location, address, part: fragment === undefined ? 'query' : 'fragment', parameters };
}

function posted(location: string, fields: URLSearchParams): AtClient {
  return { kind: 'client', method: 'POST', location, address: location, part: 'body', parameters: Object.fromEntries(fields) };
}

/** Fails with what the page says when the browser is still at the emulator. */
export function atClient(seen: Seen): AtClient {
  if (seen.kind === 'client') return seen;
  throw new Error(`still at the emulator (${seen.status}): ${seen.text}`);
}

export function onPage(seen: Seen): SeenPage {
  if (seen.kind === 'page') return seen;
  throw new Error(`sent to ${seen.location}`);
}
