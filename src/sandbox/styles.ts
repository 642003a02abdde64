/** The one style sheet of the sandbox's pages, served at `/style.css`. System fonts only: nothing is fetched. */
export const STYLE_SHEET = `
:root { --ink: #17324d; --soft: #455b71; --line: #d9dde2; --blue: #0059b3; --blue-dark: #004080; --ground: #f0f4f8; }
* { box-sizing: border-box; }
body { margin: 0; color: var(--ink); background: var(--ground);
  font: 1.0625rem/1.5 "Titillium Web", system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
.wrap { display: block; width: 100%; max-width: 60rem; margin: 0 auto; padding: 0 1rem; }
a { color: var(--blue); text-underline-offset: .15em; }
a:hover { color: var(--blue-dark); }
:focus-visible { outline: 3px solid #ff9900; outline-offset: 2px; border-radius: 2px; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: .5rem; padding: .5rem 1rem; background: #fff; z-index: 1; }
header { background: var(--blue); }
.bar { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .25rem 1.5rem;
  padding-top: .75rem; padding-bottom: .75rem; }
header a { color: #fff; text-decoration: none; }
header a:hover { color: #fff; text-decoration: underline; }
.brand { font-size: 1.25rem; font-weight: 600; }
nav ul { display: flex; gap: 1.5rem; margin: 0; padding: 0; list-style: none; }
nav a { display: inline-block; padding: .25rem 0; font-weight: 600; }
.warning { margin: 0; padding: .625rem 0; color: #4d3800; background: #fff0c2; border-bottom: 1px solid #e0c068; font-size: .9375rem; }
main.wrap { padding-top: 2rem; padding-bottom: 4rem; }
h1 { margin: 0 0 1.25rem; text-wrap: balance; font-size: clamp(1.5rem, 4.5vw, 2rem); line-height: 1.2; overflow-wrap: anywhere; }
h2 { margin: 2rem 0 .75rem; font-size: 1.25rem; line-height: 1.3; }
p { margin: 0 0 1rem; }
.card { padding: 1.5rem; background: #fff; border: 1px solid var(--line); border-radius: 8px; }
.narrow { max-width: 36rem; margin: 0 auto; }
.card h1 { font-size: 1.375rem; }
.amount { margin: 0 0 1.25rem; font-size: clamp(2.25rem, 9vw, 3rem); font-weight: 700; line-height: 1.1; }
dl { margin: 0; }
dl > div { display: grid; grid-template-columns: 10rem minmax(0, 1fr); gap: 0 1rem; padding: .625rem 0; border-top: 1px solid var(--line); }
dl > div:first-child { padding-top: 0; border-top: 0; }
dl > div:last-child { padding-bottom: 0; }
.amount + dl { padding-top: 1.25rem; border-top: 1px solid var(--line); }
dt { color: var(--soft); }
dd { margin: 0; font-weight: 600; overflow-wrap: anywhere; }
.code { font-variant-numeric: tabular-nums; letter-spacing: .02em; }
.actions { display: flex; flex-wrap: wrap; gap: .75rem; margin-top: 1.5rem; }
button, .button { display: inline-block; min-height: 3rem; padding: .625rem 1.5rem; font: inherit; font-weight: 600; line-height: 1.6;
  color: #fff; text-align: center; text-decoration: none; background: var(--blue); border: 2px solid var(--blue); border-radius: 6px; cursor: pointer; }
button:hover, .button:hover { color: #fff; background: var(--blue-dark); border-color: var(--blue-dark); }
.second { color: var(--blue); background: #fff; }
.second:hover { color: #fff; }
.note { margin: 1.5rem 0 0; color: var(--soft); font-size: .9375rem; }
.result { margin: 0 0 1.5rem; padding: 1rem 1.25rem; background: #fff; border: 1px solid var(--line); border-left: 6px solid var(--soft); border-radius: 6px; }
.result h1 { margin-bottom: .25rem; font-size: 1.375rem; }
.result p { margin: 0; }
.good { border-left-color: #00794a; }
.bad { border-left-color: #cc334d; }
.list { margin: 0; padding: 0; list-style: none; background: #fff; border: 1px solid var(--line); border-radius: 8px; }
.list > li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: .125rem 1.5rem; padding: .875rem 1.25rem; }
.list > li + li { border-top: 1px solid var(--line); }
.list .title { font-weight: 600; overflow-wrap: anywhere; }
.list .side { text-align: right; white-space: nowrap; }
.list time { color: var(--soft); font-size: .9375rem; line-height: 1.6; }
.list .tag { margin-left: .5rem; }
.list .more { grid-column: 1 / -1; color: var(--soft); font-size: .9375rem; overflow-wrap: anywhere; }
.tag { display: inline-block; padding: 0 .625rem; font-size: .875rem; font-weight: 600; line-height: 1.625rem; border: 1px solid currentColor; border-radius: 1rem; }
.tag.open { color: var(--blue); }
.tag.paid { color: #00693f; }
.tag.expired, .tag.invalidated { color: #a1283d; }
.search { display: flex; flex-wrap: wrap; gap: .5rem .75rem; align-items: end; margin: 0 0 1.5rem; }
.search label { display: block; font-weight: 600; }
.search > div { flex: 1 1 14rem; }
input { width: 100%; min-height: 3rem; padding: .5rem .75rem; font: inherit; color: inherit; background: #fff; border: 1px solid #5c6f82; border-radius: 6px; }
iframe { display: block; width: 100%; height: 26rem; background: #fff; border: 1px solid var(--line); border-radius: 8px; resize: vertical; }
pre { margin: 0; padding: 1.25rem; font: .9375rem/1.5 ui-monospace, "DejaVu Sans Mono", monospace; white-space: pre-wrap; overflow-wrap: anywhere;
  background: #fff; border: 1px solid var(--line); border-radius: 8px; }
@media (max-width: 36rem) {
  main.wrap { padding-top: 1.25rem; }
  .card { padding: 1.25rem; }
  dl > div { grid-template-columns: 1fr; }
  .actions button, .actions .button { width: 100%; }
  .list > li { grid-template-columns: 1fr; padding: .875rem 1rem; }
  .list .side { text-align: left; }
}
`;
