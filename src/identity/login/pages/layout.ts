// The common layout of all pages: works without scripts, in light and dark mode, on phones and by keyboard.
import { type Html, html } from './html.ts';

const style = html`
:root { color-scheme: light dark; --ground: #f1f3f6; --card: #fff; --text: #1a2029; --quiet: #545f6e; --edge: #8b95a3; --accent: #0b5cad; --on-accent: #fff; --fault: #b3261e; --fault-ground: #fdecea; font: 16px/1.5 system-ui, sans-serif; }
@media (prefers-color-scheme: dark) { :root { --ground: #14181e; --card: #1e242c; --text: #e8ebef; --quiet: #a9b3c0; --edge: #6d7886; --accent: #7cb8f7; --on-accent: #0d1b2a; --fault: #ffb4ab; --fault-ground: #3b1f1d; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; padding: 1.5rem 1rem; background: var(--ground); color: var(--text); display: flex; flex-direction: column; align-items: center; justify-content: safe center; overflow-wrap: anywhere; }
main { width: 100%; max-width: 27rem; padding: clamp(1.25rem, 6vw, 2rem); background: var(--card); border-radius: .75rem; box-shadow: 0 1px 3px #0003, 0 8px 24px #0001; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .5rem; }
h2 { font-size: 1rem; margin: 1.75rem 0 0; padding-top: 1.25rem; border-top: 1px solid color-mix(in srgb, var(--edge) 35%, transparent); }
p { margin: .5rem 0; }
small { color: var(--quiet); font-size: .875rem; }
form { margin: 1rem 0 0; }
label { display: block; margin: .75rem 0 .25rem; }
input, button { font: inherit; width: 100%; min-height: 2.75rem; padding: .5rem .75rem; border: 1px solid var(--edge); border-radius: .5rem; background: none; color: inherit; }
input:not([type=hidden]) { background: var(--ground); }
input.code { font: 1.5rem ui-monospace, monospace; letter-spacing: .15em; text-align: center; text-transform: uppercase; }
button { cursor: pointer; margin: .5rem 0 0; }
button:hover { background: color-mix(in srgb, var(--accent) 10%, transparent); border-color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
button.main { margin-top: 1rem; background: var(--accent); border-color: var(--accent); color: var(--on-accent); font-weight: 600; }
button.main:hover { background: color-mix(in srgb, var(--accent) 88%, var(--text)); }
button.plain { border-color: transparent; color: var(--accent); }
button.user, .signed-in { display: flex; align-items: center; gap: .75rem; text-align: left; }
.initials { flex: none; width: 2.25rem; height: 2.25rem; border-radius: 50%; display: grid; place-items: center; background: color-mix(in srgb, var(--accent) 18%, transparent); font-size: .875rem; font-weight: 600; }
.who strong, .who small, li small { display: block; }
.signed-in { margin: 1.25rem 0 0; }
.choice { display: flex; flex-wrap: wrap; gap: .75rem; margin-top: 1rem; }
.choice button { flex: 1 1 9rem; width: auto; margin: 0; }
.fault { margin: 1rem 0; border-left: 4px solid var(--fault); padding: .625rem .75rem; background: var(--fault-ground); border-radius: .25rem; }
[aria-invalid] { border-color: var(--fault); }
.notice { font-weight: 600; }
ul { padding-left: 1.25rem; margin: 1rem 0; }
li { margin: .625rem 0; }
footer { margin-top: 1.25rem; font-size: .875rem; color: var(--quiet); text-align: center; }
`;

/** A complete page. */
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
