// Reads the forms of the emulator's own pages, as a browser without script would.

export interface PageButton {
  readonly name: string;
  readonly value: string;
  readonly label: string;
}

export interface PageForm {
  readonly method: string;
  readonly action: string;
  /** What is sent whichever button is pressed: hidden fields and what the inputs are filled with. */
  readonly fields: ReadonlyMap<string, string>;
  /** Names of the fields that a person sees, with the text of their labels. */
  readonly labels: ReadonlyMap<string, string>;
  readonly buttons: readonly PageButton[];
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

export function unescaped(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => named[name] ?? '');
}

/** What a reader sees of a piece of a page. */
export function textOf(html: string): string {
  return unescaped(
    html
      .replace(/<(style|script|title)[\s\S]*?<\/\1>/g, '')
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  );
}

/** Line ends inside a value are what HTML makes of them: first one kind, and the other when the form is sent. */
const asSent = (value: string) => value.replace(/\r\n?|\n/g, '\r\n');

function attributesOf(tag: string): ReadonlyMap<string, string> {
  return new Map([...tag.matchAll(/\s([a-z-]+)(?:="([^"]*)")?/g)].map(([, name = '', value = '']) => [name, asSent(unescaped(value))]));
}

export function formsOf(html: string): readonly PageForm[] {
  return [...html.matchAll(/<form([^>]*)>([\s\S]*?)<\/form>/g)].map(([, head = '', content = '']) => {
    const attributes = attributesOf(head);
    const inputs = [...content.matchAll(/<input((?:\s[a-z-]+(?:="[^"]*")?)*)>/g)].map(([, tag = '']) => attributesOf(tag));
    const labelOf = new Map(
      [...content.matchAll(/<label for="([^"]*)">([\s\S]*?)<\/label>/g)].map(([, id = '', text = '']) => [id, textOf(text)]),
    );
    const seen = inputs.filter((input) => input.get('type') !== 'hidden');
    return {
      method: attributes.get('method') ?? 'get',
      action: attributes.get('action') ?? '',
      fields: new Map(inputs.map((input) => [input.get('name') ?? '', input.get('value') ?? ''])),
      labels: new Map(seen.map((input) => [input.get('name') ?? '', labelOf.get(input.get('id') ?? '') ?? ''])),
      buttons: [...content.matchAll(/<button((?:\s[a-z-]+(?:="[^"]*")?)*)>([\s\S]*?)<\/button>/g)].map(([, tag = '', label = '']) => {
        const button = attributesOf(tag);
        return { name: button.get('name') ?? '', value: button.get('value') ?? '', label: textOf(label) };
      }),
    };
  });
}
