/**
 * How charts and the summary are drawn. Lines and shapes keep a contrast of 3 : 1 with the paper, their names 4.5 : 1, in
 * the light and in the dark; dashes and shapes say the same as the colours.
 */

export const chartStyle = `
:root{--s0:#1f5fae;--s1:#a8480b;--s2:#17693e;--s3:#a1045a;--s4:#6d3b9e;--s5:#0b6f80;--s6:#6a6400;--s7:#3c4247;--grey:#8b8d87}
@media (prefers-color-scheme:dark){:root{--s0:#88bff3;--s1:#f2a765;--s2:#6fca9a;--s3:#ff8fc6;--s4:#cda5f2;--s5:#5fd0dc;--s6:#d6d36d;--s7:#e5e6e4;--grey:#6d7379}}
.s0{--s:var(--s0);--d:none;--w:6.5;--cap:round}.s1{--s:var(--s1);--d:7 3;--w:6;--cap:square}.s2{--s:var(--s2);--d:2 3;--w:.5}.s3{--s:var(--s3);--d:9 3 2 3;--w:.5}
.s4{--s:var(--s4);--d:4 2;--w:.5}.s5{--s:var(--s5);--d:12 3}.s6{--s:var(--s6);--d:1 2}.s7{--s:var(--s7);--d:6 2 1 2 1 2}
.chart{margin-top:3.5rem}
.chart h3{margin:0 0 .25rem;font-size:1.3125rem}
.chart h4{margin:2rem 0 .5rem;font-size:1rem;font-weight:650}
.chart figcaption{max-width:52rem}
.shows{display:grid;gap:.2rem;margin:.25rem 0 .75rem;max-width:58rem;font-size:.9375rem}
.shows li::before{content:"– ";color:var(--soft)}
.plot-area{display:block;width:100%;height:auto;max-width:28rem;font:12px var(--text);overflow:visible}
.plot-area.wide{min-width:50rem;max-width:70rem}.plot-area.half{min-width:34rem;max-width:44rem}
.halves{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,34rem),1fr));gap:0 2.5rem}
.block{min-width:0}
.plot-area text{fill:var(--soft)}
.plot-area .ty{text-anchor:end}.plot-area .tx{text-anchor:middle}
.plot-area .n text{fill:var(--s);font-weight:600;paint-order:stroke;stroke:var(--paper);stroke-width:3px;stroke-linejoin:round}
.plot-area .leader{stroke:var(--s);fill:none;stroke-width:1}
.grid{fill:none;stroke:var(--line);stroke-width:1}
.axis{fill:none;stroke:var(--soft);stroke-width:1}
.cl{fill:none;stroke:var(--s);stroke-width:1.8;stroke-dasharray:var(--d,none);stroke-linejoin:round}
.cb{fill:none;stroke:var(--grey);stroke-width:.9}
.ce{fill:none;stroke:var(--s);stroke-width:1.2}
.cp{fill:var(--s);stroke:var(--s);stroke-width:var(--w,1.8);stroke-linecap:var(--cap,butt)}
.cr{fill:none;stroke:var(--s);stroke-width:1.5}
.panels{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,20rem),1fr));gap:1.75rem 2rem;margin-top:1.25rem}
.panel{min-width:0}
.panel h5{font:600 .9375rem var(--text);margin:0 0 .35rem}
.keys{display:flex;flex-wrap:wrap;gap:.1rem .9rem;margin-top:.35rem;font-size:.8125rem;line-height:1.5}
.keys li{display:inline-flex;align-items:center;gap:.4em;overflow-wrap:anywhere}
.keys .greys{color:var(--soft);display:block}
.key{width:30px;height:12px;flex:none}
.twin{margin-top:.75rem;font-size:.875rem}
.twin>summary{color:var(--accent);text-decoration:underline;text-underline-offset:.18em;text-decoration-thickness:1px;width:fit-content}
.twin table,.sums table{font-size:.8125rem}
.twin th,.twin td{padding:.2rem .7rem .2rem 0;text-align:right;white-space:nowrap;border-top:1px solid var(--line)}
.twin th:first-child{text-align:left;font-weight:400;white-space:normal;overflow-wrap:anywhere;min-width:9rem;max-width:20rem}
.twin tbody th{font-family:var(--code)}
.twin caption{font-weight:400;color:var(--soft)}
.plot-area.rows{max-width:40rem;min-width:30rem}
.panels.broad{grid-template-columns:repeat(auto-fill,minmax(min(100%,30rem),1fr))}
.panel .scroll{margin-top:0}
.user,.system{stroke:var(--s);stroke-width:1.2;fill:var(--s)}.system{fill:var(--card)}
.join{stroke:var(--grey);stroke-width:1.5}
.plot-area .v{fill:var(--ink);font-size:11px}
.heat{font-size:.8125rem;border-collapse:separate;border-spacing:2px}
.heat th{text-align:left;font-weight:400}
.heat thead th{vertical-align:bottom;color:var(--soft);padding:0 .7rem .3rem 0}
.heat thead th:not(:first-child){text-align:right;padding-right:.6rem}
.heat thead span{display:block;font-size:.75rem}
.heat tbody th{font-family:var(--code);padding-right:1.2rem;overflow-wrap:anywhere;min-width:9rem;max-width:20rem}
.heat .family th{font-family:var(--text);font-weight:600;color:var(--soft);padding-top:.6rem}
.heat td{text-align:right;padding:.18rem .6rem;min-width:7rem;border-radius:.2rem;background:color-mix(in srgb,var(--accent) var(--h,0%),var(--paper))}
.h0{--h:3%}.h1{--h:9%}.h2{--h:15%}.h3{--h:21%}.h4{--h:28%}.h5{--h:35%}.h6{--h:42%}
.sums{margin-top:1.25rem}
.sums h4{display:inline;margin:0;font-size:1rem;font-weight:650}
.sums>summary::before{content:"+";display:inline-block;width:1.1em;color:var(--soft)}
.sums[open]>summary::before{content:"–"}
.sums .scroll{margin-top:.5rem}
.sums table{border-spacing:0;border-collapse:separate}
.sums th,.sums td{padding:.2rem .35rem;text-align:right;white-space:nowrap}
.sums thead th{font-weight:600;vertical-align:bottom;line-height:1.3}
.sums thead tr:last-child th{text-align:right;white-space:nowrap;position:static;min-width:0;padding-left:.35rem;font-weight:400;color:var(--soft);font-size:.75rem}
.sums thead tr:last-child th,.sums thead th[rowspan]{border-bottom:1px solid var(--rail)}
.sums thead span{display:block;font-weight:400;color:var(--soft);font-size:.75rem}
.sums th:first-child{text-align:left;padding-left:0;position:sticky;left:0;background:var(--paper);white-space:normal;overflow-wrap:anywhere;min-width:clamp(7rem,36vw,14rem);max-width:18rem}
.sums tbody th{font-weight:400;font-family:var(--code)}
.sums a{color:inherit;text-decoration-color:var(--rail)}
.sums .family th{font:600 .8125rem var(--text);color:var(--soft);padding-top:.7rem}
.sums thead .first.first,.sums .first{padding-left:1.3rem}
.sums tbody tr:not(.family)>*{border-top:1px solid var(--line)}
.sums .of{color:var(--soft)}
.sums .way{text-align:left;font-size:.75rem;color:var(--soft)}
.sums th.first[rowspan]{text-align:left}
.sums strong{font-weight:650;color:var(--ink)}
@media print{.panel,.plot-area{break-inside:avoid}.plot-area.wide{min-width:0}}
`
