/** How a gate's verdict, its findings and its plot are drawn. */

import { forestStyle } from './forest.ts'

export const gateStyle = `
.card.gate{border-color:var(--c)}
.card.gate .score strong{font-size:clamp(1.5rem,6vw,2rem)}
.card.gate .score span{color:var(--c);font-weight:650}
.card .finding{margin-top:.8rem}
.card .finding p:last-child{font-size:.9375rem;color:var(--soft)}
.card .finding p:first-child{color:var(--ink)}
.finding p{overflow-wrap:anywhere}
.finding b{font-family:var(--code);font-size:.9375rem}
.findings{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,23rem),1fr));gap:1rem 2rem;margin-top:1.5rem}
.findings .finding{border-left:.25rem solid var(--c);padding-left:1rem;max-width:58rem}
.findings p+p{color:var(--soft)}
.arms{margin-top:1.25rem}
.arms>div{grid-template-columns:2rem 1fr}
.reasons{display:grid;gap:.5rem;max-width:58rem}
.reasons li{overflow-wrap:anywhere;padding-left:1rem;text-indent:-1rem}
.reasons li::before{content:"– ";color:var(--soft)}
.forest .fail{color:var(--fail)}.forest .broken{color:var(--broken)}.forest .pass{color:var(--soft)}
.decisions td,.decisions tbody th{border-top:1px solid var(--line)}
.decisions thead th:nth-child(2),.decisions td:first-of-type{text-align:left}
.decisions .text{text-align:left;white-space:normal;min-width:14rem}
.decisions tbody th{white-space:normal;overflow-wrap:anywhere;min-width:11rem;max-width:24rem}
@media (max-width:44rem){.arms>div{grid-template-columns:2rem 1fr!important}}
${forestStyle}`
