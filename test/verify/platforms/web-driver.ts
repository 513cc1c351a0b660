// A browser driven over WebDriver (W3C), as far as these tests need it: open, press, run scripts, change windows.
import { createInterface } from 'node:readline';
import { startProgram } from './program.ts';

export interface Browser {
  readonly version: string;
  open(address: string): Promise<void>;
  /** Waits for a button that has this text, in the window where the browser is, and presses it. */
  press(label: string): Promise<void>;
  /** The value that the expression resolves to in the page. */
  evaluate(expression: string): Promise<unknown>;
  /** Waits until the expression, in a page that may be another one by then, is true. */
  waitFor(expression: string): Promise<void>;
  windows(): Promise<readonly string[]>;
  switchTo(window: string): Promise<void>;
  close(): Promise<void>;
}

/** Without what Chromium asks of its makers' hosts by itself. */
const flags = [
  ...['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-dev-shm-usage'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];
/** The element's name in answers, fixed by the standard. */
const elementKey = 'element-6066-11e4-a52e-4f735466cecf';
const timeoutMs = 20_000;

/** @param home where the browser finds its profile and the certificates that it trusts */
export async function startBrowser(home: string): Promise<Browser> {
  const driver = await startProgram('/usr/bin/chromedriver', ['--port=0'], { env: { HOME: home } });
  const port = await new Promise<string>((resolve, reject) => {
    createInterface({ input: driver.stdout }).on('line', (line) => {
      const found = /started successfully on port (\d+)/.exec(line)?.[1];
      if (found !== undefined) resolve(found);
    });
    driver.once('exit', (code) => reject(new Error(`chromedriver ended with ${code} before it listened`)));
  });

  async function call(method: string, path: string, body?: object): Promise<unknown> {
    const headers = { 'Content-Type': 'application/json' };
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
    const { value } = (await answer.json()) as { value: unknown };
    if (answer.ok) return value;
    throw new Error(`${method} ${path}: ${(value as { message: string }).message}`);
  }

  const options = { binary: '/usr/bin/chromium', args: [...flags, `--user-data-dir=${home}/profile`] };
  const capabilities = { alwaysMatch: { browserName: 'chrome', 'goog:chromeOptions': options } };
  const started = (await call('POST', '/session', { capabilities }).catch((error: unknown) => {
    driver.kill();
    throw error;
  })) as { sessionId: string; capabilities: { browserVersion: string } };
  const session = `/session/${started.sessionId}`;
  await call('POST', `${session}/timeouts`, { implicit: timeoutMs, script: timeoutMs, pageLoad: timeoutMs });

  const evaluate = async (expression: string) => {
    const script = `const done = arguments[0]; Promise.resolve().then(() => ${expression}).then((ok) => done({ ok }), (error) => done({ error: String(error) }));`;
    const { ok, error } = (await call('POST', `${session}/execute/async`, { script, args: [] })) as { ok?: unknown; error?: string };
    if (error !== undefined) throw new Error(`${expression}: ${error}`);
    return ok;
  };

  return {
    version: started.capabilities.browserVersion,
    open: async (url) => void (await call('POST', `${session}/url`, { url })),
    press: async (label) => {
      const value = `//button[contains(., '${label}')]`;
      const element = (await call('POST', `${session}/element`, { using: 'xpath', value })) as Record<string, string>;
      await call('POST', `${session}/element/${element[elementKey]}/click`, {});
    },
    evaluate,
    waitFor: async (expression) => {
      const until = performance.now() + timeoutMs;
      let last: unknown;
      while (performance.now() < until) {
        // A page that is being left cannot answer.
        last = await evaluate(expression).catch(String);
        if (last === true) return;
      }
      throw new Error(`${expression} did not come true: ${last}`);
    },
    windows: async () => (await call('GET', `${session}/window/handles`)) as string[],
    switchTo: async (handle) => void (await call('POST', `${session}/window`, { handle })),
    close: async () => {
      await call('DELETE', session);
      driver.kill();
    },
  };
}
