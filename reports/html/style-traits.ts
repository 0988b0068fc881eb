/** How the table of traits is drawn, and what each mechanism is good for. */

export const traitStyle = `
.traits{font-size:.8125rem;line-height:1.35;border-collapse:separate;border-spacing:0}
.traits th,.traits td{text-align:left;vertical-align:top;padding:.45rem .8rem .55rem 0;border-top:1px solid var(--line);font-weight:400}
.traits td{min-width:8.5rem;color:var(--soft)}
.traits .long{min-width:13rem}
.traits thead th{border:0;border-bottom:1px solid var(--rail);font-weight:600;vertical-align:bottom}
.traits th:first-child{position:sticky;left:0;z-index:1;background:var(--paper);min-width:9rem;max-width:12rem;overflow-wrap:anywhere}
.traits tbody th{font-family:var(--code)}
.traits small{display:block;font:.75rem/1.35 var(--text);color:var(--soft);margin-top:.2rem}
.traits .family th{font:600 .875rem var(--text);color:var(--soft);border:0;padding-top:1rem;position:static}
.traits .family span{position:sticky;left:0}
.traits p{margin-top:.2rem;color:var(--soft)}
.traits a{color:inherit;text-decoration-color:var(--rail)}
.traits b{color:var(--ink)}
.advised{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,34rem),1fr));gap:1.75rem 2.5rem;margin-top:1.75rem;align-items:start}
.advised>section[id][id]{margin:0;min-width:0}
.advised>section:has([open]){grid-column:1/-1}
.advised h3,.advised h4,.lines thead th{font-size:.9375rem;font-weight:650;margin:0}
.advised p{margin-top:.35rem;overflow-wrap:anywhere}
.advised .note{font-size:.8125rem}
.advised summary{font-size:.875rem;color:var(--soft);text-decoration:underline;text-decoration-color:var(--rail);text-underline-offset:.18em;margin-top:.3rem}
.lines{width:100%;min-width:40rem;font-size:.875rem;border-collapse:separate;border-spacing:0;margin-top:1.75rem}
.lines th,.lines td{text-align:left;vertical-align:top;padding:.45rem 1.25rem .45rem 0;border-top:1px solid var(--line);font-weight:400;width:42%}
.lines tbody th{font-family:var(--code);font-size:.8125rem}
.lines th:first-child{width:16%;position:sticky;left:0;background:var(--paper)}
.lines thead th{border:0}
@media (max-width:44rem){.advised .figures th:first-child{white-space:normal;min-width:8.5rem;max-width:8.5rem;overflow-wrap:anywhere}.traits th:first-child{min-width:6.5rem;max-width:6.5rem;font-size:.75rem}.traits td{min-width:9.5rem}}
@media print{.traits{font-size:.5rem}.traits tr>th:first-child{min-width:5rem;overflow-wrap:normal}.traits td,.traits th:first-child,.traits .long{min-width:0}.scroll:has(.traits,.lines){overflow:visible}}
`
