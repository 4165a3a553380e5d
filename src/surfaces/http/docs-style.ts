// The look of /docs: one column that reads well on a phone, two on a desk; light or dark as the reader's
// system is. No image, no font, no script from anywhere.

export const DOCS_STYLE = `
:root { color-scheme: light dark; --ink: #1d2327; --soft: #5a646b; --paper: #fbfaf7; --card: #ffffff;
  --line: #e0ddd5;
  --accent: #0b6b5f; --get: #175e9c; --post: #0b6b5f; --put: #8a5a00; --delete: #a3262b; --code:
    #f3f1ea; }
@media (prefers-color-scheme: dark) { :root { --ink: #e7e5df; --soft: #a3a9ac; --paper: #15181a; --card:
  #1c2022; --line: #33393c;
  --accent: #63c5b5; --get: #7fb6ea; --post: #63c5b5; --put: #e0b050; --delete: #f08a8a; --code:
    #111415; } }
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 1rem; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.6 system-ui, sans-serif;
  overflow-wrap: break-word; }
a { color: var(--accent); }
a:focus-visible, summary:focus-visible, pre:focus-visible { outline: 3px solid var(--accent);
  outline-offset: 2px; }
.skip { position: absolute; left: -100rem; }
.skip:focus { position: static; }
header, main, footer { max-width: 60rem; margin: 0 auto; padding: 0 1rem; }
header { padding-top: 2.5rem; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .5rem; letter-spacing: -.02em; }
h2 { font-size: 1.35rem; line-height: 1.25; margin: 3rem 0 .75rem; }
h3 { font-size: 1.1rem; line-height: 1.35; margin: 0; }
p { margin: .5rem 0; max-width: 42rem; }
.lead { font-size: 1.1rem; color: var(--soft); }
nav ul { list-style: none; margin: 1.5rem 0 0; padding: 0; display: grid; gap: .15rem 2rem;
  grid-template-columns: 1fr; }
nav a { display: grid; grid-template-columns: 4rem 1fr; gap: .6rem; padding: .45rem 0; text-decoration:
  none; color: inherit; }
nav a:hover .what { text-decoration: underline; }
nav small { display: block; color: var(--soft); font: .8rem/1.4 ui-monospace, monospace; overflow-wrap:
  anywhere; }
article { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1rem;
  margin: 1rem 0; }
.method { font: 700 .75rem/1.9 ui-monospace, monospace; text-align: center; border: 1px solid;
  border-radius: .4rem; align-self: start; }
.get { color: var(--get); } .post { color: var(--post); } .put { color: var(--put); } .delete { color:
  var(--delete); }
.address { display: flex; flex-wrap: wrap; gap: .35rem .6rem; align-items: baseline; margin: .4rem 0;
  font: .9rem/1.5 ui-monospace, monospace; }
.address .method { padding: 0 .5rem; }
.address code { overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: 1fr; margin: .75rem 0; gap: 0 1rem; font-size: .92rem; }
dt { color: var(--soft); } dd { margin: 0 0 .4rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-top: 1px solid
  var(--line); }
th { font-weight: 600; color: var(--soft); } td code { white-space: nowrap; }
pre { background: var(--code); border-radius: .5rem; padding: .75rem; overflow-x: auto; font: .82rem/1.5
  ui-monospace, monospace; margin: .5rem 0; }
summary { cursor: pointer; padding: .5rem 0; font-weight: 600; }
footer { color: var(--soft); padding-top: 2rem; padding-bottom: 3rem; }
@media (max-width: 47.9rem) {
  .fields thead { position: absolute; left: -100rem; }
  .fields tr { display: block; border-top: 1px solid var(--line); padding: .5rem 0; }
  .fields td { display: block; border: 0; padding: 0; }
  .fields td:nth-child(2) { color: var(--soft); }
}
@media (min-width: 48rem) {
  nav ul { grid-template-columns: 1fr 1fr; }
  article { padding: 1.25rem 1.5rem; }
  dl { grid-template-columns: 9rem 1fr; }
  h1 { font-size: 2.5rem; }
}
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
`;
