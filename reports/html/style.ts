/**
 * The style of the page: system fonts, one measure, few colours. Verdict colours keep a contrast of 4.5 : 1 on their
 * tints, in the light and in the dark. Everything that the page needs is here: it asks the network for nothing.
 */

import { chartStyle } from './style-charts.ts'
import { gateStyle } from './style-gate.ts'
import { ladderStyle } from './style-ladder.ts'
import { markStyle } from './style-marks.ts'
import { tableStyle } from './style-tables.ts'
import { traitStyle } from './style-traits.ts'

const colours = `
:root{
  color-scheme:light dark;
  --paper:#fbfbf9;--card:#fff;--ink:#1a1c1e;--soft:#5a6066;--line:#e4e3dd;--rail:#b9bab4;--accent:#24508f;
  --pass:#17693e;--fail:#b3261e;--unsupported:#5a6066;--broken:#855000;--crash:#a1045a;--hang:#6d3b9e;--observed:#1d5c96;
  --hold:#dca63c;--shade:9%;
  --text:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Noto Sans",Arial,sans-serif;
  --code:ui-monospace,"SF Mono","Cascadia Code","JetBrains Mono",Menlo,Consolas,"Liberation Mono","DejaVu Sans Mono",monospace;
}
@media (prefers-color-scheme:dark){:root{
  --paper:#111315;--card:#181b1e;--ink:#e5e6e4;--soft:#a2a8ae;--line:#2a2e32;--rail:#565c61;--accent:#8fb8f0;
  --pass:#6fca9a;--fail:#ff9389;--unsupported:#a2a8ae;--broken:#efb55e;--crash:#ff8fc6;--hang:#cda5f2;--observed:#88bff3;
  --hold:#a97c22;--shade:14%;
}}
@media print{:root{--paper:#fff;--shade:0%}*{print-color-adjust:exact}nav,.skip,.filter,[data-save]{display:none!important}.card,.case,.groups p,.figures tbody{break-inside:avoid}}
`

const base = `
*,*::before,*::after{box-sizing:border-box}
html{scroll-padding-top:4rem;-webkit-text-size-adjust:100%}
@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.55 var(--text);font-variant-numeric:tabular-nums}
main{max-width:80rem;margin:0 auto;padding:0 clamp(1rem,3vw,2.5rem)}
h1,h2,h3,h4,h5,p,ul,ol,dl,dd,figure{margin:0;padding:0}
ul,ol{list-style:none}
p,li,dt,dd,summary,h1,h2,h3,h4,figcaption,caption{overflow-wrap:anywhere}
h1,h2,h3{line-height:1.2;letter-spacing:-.015em;text-wrap:balance}
h2{font-size:1.5rem;font-weight:650}
h3{font-size:1.125rem;font-weight:650;margin:2.5rem 0 .75rem}
h4{font-size:1rem;font-weight:650;margin:1.75rem 0 .5rem}
a{color:var(--accent);text-underline-offset:.18em;text-decoration-thickness:1px;overflow-wrap:anywhere}
a:hover{text-decoration-thickness:2px}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:2px}
code,pre{font-family:var(--code);font-size:.875em;overflow-wrap:anywhere}
summary{cursor:pointer;list-style:none}
summary::-webkit-details-marker{display:none}
summary h2{display:inline}
section[id]{margin-top:5rem}
section[id] section[id]{margin-top:3rem}
section[id]>h2{padding-top:1.25rem;border-top:1px solid var(--line)}
.lead,.when,.system,.note{color:var(--soft)}
.lead{max-width:44rem;margin-top:.4rem}
.tag{font-size:.75rem;font-weight:600;padding:.1em .55em;border-radius:1em;border:1px solid;white-space:nowrap}
.regression{color:var(--fail)}.fixed{color:var(--broken)}.known{color:var(--soft)}
[hidden]{display:none!important}
.skip{position:absolute;left:-99rem}
.skip:focus{left:1rem;top:.4rem;z-index:4;padding:.4rem .8rem;background:var(--paper)}
main:focus{outline:0}
@media not print{.printed{display:none}}
.unseen{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden;white-space:nowrap}
footer{margin:5rem 0 3rem;padding-top:1.25rem;border-top:1px solid var(--line);color:var(--soft);font-size:.875rem}
`

const top = `
nav{position:sticky;top:0;z-index:3;background:color-mix(in srgb,var(--paper) 90%,transparent);backdrop-filter:blur(8px);border-bottom:1px solid var(--line)}
nav ul{max-width:80rem;margin:0 auto;padding:.7rem clamp(1rem,3vw,2.5rem);display:flex;gap:1.5rem;overflow-x:auto;font-size:.875rem}
nav a{color:var(--soft);text-decoration:none;white-space:nowrap}
nav a:hover{color:var(--ink)}
nav li:first-child a{color:var(--ink);font-weight:650}
@media (max-width:48rem){html{scroll-padding-top:1rem}nav{position:static}nav ul{flex-wrap:wrap;gap:.1rem 1.1rem;padding-block:.5rem}}
.top{padding-top:clamp(2rem,5vw,3.75rem)}
h1{font-size:clamp(1.9rem,5vw,3.1rem);font-weight:680;letter-spacing:-.03em;margin:1.1rem 0 .7rem;max-width:22em}
h1::before{content:"";display:block;width:3.2rem;height:.32rem;margin-bottom:1rem;background:var(--c,var(--rail))}
h1.good{--c:var(--pass)}h1.bad{--c:var(--fail)}h1.unsure{--c:var(--broken)}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,21rem),1fr));gap:1rem;margin-top:2.25rem}
.card{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:1.4rem 1.5rem}
.card:only-child{max-width:40rem}
.card h2{font-size:1.0625rem}
.system{font-size:.875rem;overflow-wrap:anywhere}
.score{display:flex;flex-wrap:wrap;align-items:baseline;column-gap:.25em;margin-top:1.1rem;font-size:1.0625rem}
.score strong{font-size:clamp(1.7rem,8vw,2.75rem);font-weight:650;letter-spacing:-.035em;line-height:1;margin-right:.15em}
.score span{color:var(--soft);font-weight:400}
.bar{display:block;width:100%;height:.4rem;margin:.9rem 0 .8rem;border-radius:.2rem}
.bar rect{fill:var(--c)}
.bar .pass{opacity:.75}.bar .unsupported{opacity:.45}
.counts{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;font-size:.875rem;margin-bottom:.5rem}
.card>p:not(.score,.system){font-size:.875rem;color:var(--soft)}
.caution{border-left:.25rem solid var(--broken);padding:.5rem 1rem;margin-top:1.5rem;color:var(--ink)}
.news,.aside{margin-top:1rem;border:1px solid var(--line);border-radius:.6rem;padding:1.1rem 1.5rem;background:var(--card)}
.news{border-color:var(--fail);margin-top:1rem}
.news h2,.aside h2{font-size:1.0625rem}
.news ul,.aside ul{margin-top:.75rem;display:grid;gap:.7rem}
.news li,.aside li{overflow-wrap:anywhere}
.why{display:block;color:var(--soft);font-size:.9375rem}
.asides{display:flex;flex-wrap:wrap;gap:1rem;margin-top:1rem}
.asides .aside{margin:0;flex:1 1 19rem;min-width:0}
.asides .aside[open]{flex-basis:100%}
.asides .aside[open] ul{grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr));gap:.9rem 3rem}
.aside summary::after{content:"+";float:right;color:var(--soft);font-size:1.25rem;line-height:1.2}
.aside[open] summary::after{content:"–"}
`

/** What is far from the screen is laid out when it comes near: half of the time until the page is there. */
const cases = `
.filter{display:flex;flex-wrap:wrap;gap:.75rem 1rem;align-items:end;margin:2.5rem 0 0;padding:1rem 1.25rem;background:var(--card);border:1px solid var(--line);border-radius:.6rem}
.filter label{display:grid;gap:.25rem;font-size:.8125rem;color:var(--soft);flex:1 1 10rem}
.filter input,.filter select{font:inherit;height:2.4rem;font-size:.9375rem;color:var(--ink);background:var(--paper);border:1px solid var(--rail);border-radius:.35rem;padding:.4rem .6rem;width:100%;min-width:0}
.filter ::placeholder{color:var(--soft);opacity:1}
.filter output{flex:1 1 100%;font-size:.875rem;color:var(--soft)}
button[data-save]{font:inherit;font-size:.9375rem;padding:.45rem 1rem;margin-top:1rem;color:var(--accent);background:var(--card);border:1px solid var(--rail);border-radius:.4rem;cursor:pointer}
button[data-save]:hover{border-color:var(--accent)}
.rows{max-height:28rem;overflow:auto;margin-top:.75rem;white-space:pre;font-size:.75rem}
.to{display:inline-block;margin-top:.75rem;font-size:.875rem}
.mechanism{margin-top:1.75rem}
@media screen{section.family,#figures section,#charts figure{content-visibility:auto;contain-intrinsic-size:auto 40rem;overflow-clip-margin:.5rem}}
section.family{margin-top:2.25rem}
.family>h4{font-size:.9375rem;font-weight:650;color:var(--soft);padding-bottom:.3rem;border-bottom:1px solid var(--line);margin:0}
.family>.mechanism{margin-top:1.1rem;scroll-margin-top:4.5rem}
h5{font:650 1rem/1.4 var(--code);overflow-wrap:anywhere;margin:0 0 .6rem}
h5 span{font:400 .875rem var(--text);color:var(--soft);margin-left:.6em;white-space:nowrap}
.groups{display:flex;flex-wrap:wrap;gap:.4rem}
.groups>details{min-width:0}
.groups>details>summary{display:inline-flex;gap:.7rem;align-items:baseline;padding:.3rem .75rem;border:1px solid var(--line);border-radius:.4rem;background:var(--card);font-size:.9375rem}
.groups>details>summary:hover{border-color:var(--rail)}
.groups>details>summary{gap:.5rem}
.groups>details>summary>b{font-size:.875rem;font-weight:inherit}
.groups>details>summary>b::before{margin-right:.15em}
.groups>details:not([open])>summary u{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden;white-space:nowrap}
.groups>details u{text-decoration:none}
.groups>.is-news>summary{border-color:var(--fail)}
.groups>details[open]{flex:1 0 100%;margin:.35rem 0 1.25rem;padding-left:1rem;border-left:2px solid var(--line)}
.groups>details[open]>summary{margin-bottom:.35rem;font-weight:650}
.case>summary:hover{background:color-mix(in srgb,var(--ink) 4%,transparent)}
.groups p,.case>summary{display:grid;grid-template-columns:7.2rem 1fr;gap:.1rem 1rem;padding:.45rem .35rem;border-radius:.3rem}
.groups p>b,.case>summary>b{font:600 .9375rem/1.55 var(--text);white-space:nowrap;grid-row:1/span 2}
.groups p:not([class])::before,.groups p:not([class])::after{grid-area:1/1/3/2;font:600 .9375rem/1.55 var(--text);color:var(--c)}
.groups p:not([class])::before{margin-top:.36em}
.groups p:not([class])::after{content:"pass";padding-left:1.22em}
.groups p{font:.875rem/1.77 var(--code)}
.case>summary>code{justify-self:start}
.case>summary>.tag{grid-column:2;justify-self:start}
.groups p>span,.case>summary>span:not(.tag){grid-column:2;color:var(--soft);font:.9375rem/1.55 var(--text);max-width:52rem}
.case[open]{margin:.5rem 0 1.5rem;border:1px solid var(--line);border-radius:.6rem;background:var(--card)}
.case[open]>summary{padding:.9rem 1.25rem}
.case[open]>summary>span:not(.tag){color:var(--ink)}
.case:has(>:target),.groups p:target,.groups>details:has(>:target)>summary{outline:2px solid var(--accent);outline-offset:2px}
.body{padding:0 1.25rem 1.25rem;scroll-margin-top:9rem}
.groups>details>div{scroll-margin-top:7rem}
.facts{display:grid;gap:.35rem;font-size:.9375rem}
.facts>div,.prose>div{display:grid;grid-template-columns:9rem 1fr;gap:0 1rem}
.body .facts>div{grid-template-columns:7.2rem 1fr}
.facts dt{color:var(--soft)}
.facts dd{overflow-wrap:anywhere;min-width:0}
#machine .facts{margin-top:1.5rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,30rem),1fr));gap:.45rem 2.5rem}
.command{margin-top:1rem;padding:.9rem 1.1rem;background:var(--card);border:1px solid var(--line);border-radius:.6rem;white-space:pre-wrap}
.command::before{content:"$ ";color:var(--soft)}
.prose{display:grid;gap:.9rem;margin-top:1.25rem;max-width:58rem}
.prose dt{font-weight:600}
.prose dd{color:var(--soft)}
@media (max-width:44rem){
  .facts>div,.body .facts>div,.prose>div,.groups p,.case>summary{grid-template-columns:minmax(0,1fr)}
  .groups p>span,.case>summary>*,.case>summary>span:not(.tag),.case>summary>.tag{grid-column:1;grid-row:auto}
  .groups p>b{grid-row:auto}
  .groups p:not([class])::before,.groups p:not([class])::after{grid-area:1/1}
  .groups>details[open]{padding-left:.5rem}
  .body,.case[open]>summary{padding-left:.85rem;padding-right:.85rem}
}
`

export const style = [colours, base, markStyle, top, cases, tableStyle, chartStyle, ladderStyle, gateStyle, traitStyle]
  .join('')
  .replace(/\n\s*/g, '')
