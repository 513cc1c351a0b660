// What all pages have in common: plain HTML that works without script, in light and dark, on a phone and with a keyboard.
import { type Html, html } from './html.ts';

const style = html`
:root { color-scheme: light dark; --edge: #8886; --accent: #0b63c5; font: 16px/1.5 system-ui, sans-serif; }
@media (prefers-color-scheme: dark) { :root { --accent: #6cb2ff; } }
body { max-width: 26rem; margin: 6vh auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; margin: 0 0 .25rem; }
p { margin: .5rem 0; }
small { opacity: .75; }
form { margin: 1rem 0; }
label { display: block; margin: .5rem 0; }
input, button { font: inherit; width: 100%; box-sizing: border-box; padding: .6rem .75rem; border: 1px solid var(--edge); border-radius: .4rem; }
button { text-align: left; cursor: pointer; margin: .25rem 0; background: none; color: inherit; }
button:hover, button:focus-visible, input:focus-visible { border-color: var(--accent); outline: 2px solid var(--accent); }
button.main { background: var(--accent); border-color: var(--accent); color: Canvas; text-align: center; }
.fault { border-left: 4px solid #c33; padding-left: .75rem; }
ul { padding-left: 1.25rem; }
footer { margin-top: 2rem; font-size: .85rem; opacity: .75; }
`;

/** A whole page. */
export function page(title: string, content: Html): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${content}
</main>
<footer>unsid, a local emulator. No real account is asked for here.</footer>
</body>
</html>
`.text;
}
